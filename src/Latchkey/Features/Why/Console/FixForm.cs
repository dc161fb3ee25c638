using Latchkey.Platform.Staff;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Why.Console;

/// <summary>The button of a finding, on the page of the diagnosis and on the record.</summary>
/// <param name="Diagnosed">Whom it is about.</param>
/// <param name="Finding">What it puts right.</param>
/// <param name="Number">Tells the forms of one page apart; 0 is the verdict's.</param>
/// <param name="IsAllowed">Whether whoever looks may press it.</param>
public sealed record FixForm(Diagnosed Diagnosed, Finding Finding, int Number, bool IsAllowed)
{
    /// <summary>What was typed as the right address, when it was refused.</summary>
    public string? NewAddress { get; init; }

    /// <summary>Where whoever may act asks Support for it, where Support does it.</summary>
    public string? AskAt { get; init; }

    public static FixForm Of(Diagnosed diagnosed, Finding finding, StaffUser staff, int number) => new(diagnosed, finding, number, May(staff, finding))
    {
        AskAt = !staff.May(Permission.Act) ? null : (finding.Fix, diagnosed.Record) switch
        {
            (Fix.MergeAccounts, { AccountId: { } own, OtherAccountId: { } other }) => $"/console/approvals/new?kind=Merge&account={own}&with={other}",
            (Fix.LinkContact, { AccountId: { } account, ContactId: { } contact }) => $"/console/approvals/new?kind=Link&account={account}&with={diagnosed.Record.UnlinkedId ?? contact}",
            _ => null,
        },
    };

    public static bool May(StaffUser staff, Finding finding) => finding.WhoMay switch
    {
        WhoMay.Anyone => true,
        WhoMay.Manager => staff.May(Permission.Act),
    };
}
