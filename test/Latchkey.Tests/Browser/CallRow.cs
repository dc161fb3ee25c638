using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Seeds;

namespace Latchkey.Tests.Browser;

/// <summary>One row of a help centre's tables.</summary>
/// <param name="Name">Which help centre, and which row.</param>
/// <param name="Policy">The vertical.</param>
/// <param name="Cause">What the page must name.</param>
/// <param name="Typed">What the caller says.</param>
/// <param name="Meet">Brings the symptom about.</param>
internal sealed record CallRow(string Name, SignInPolicy Policy, Cause Cause, string Typed, Func<CallSteps, Business, Task> Meet)
{
    /// <summary>What staff correct the address to.</summary>
    public string? NewAddress { get; init; }

    /// <summary>What the customer types, when they say something else to staff.</summary>
    public string? Email { get; init; }

    /// <summary>Where the mail goes, when it is neither the new address nor what was typed.</summary>
    public string? MailTo { get; init; }

    /// <summary>Mails there will be then.</summary>
    public int Mails { get; init; } = 1;

    /// <summary>What staff press.</summary>
    public Func<CallSteps, Business, CallRow, Task<int>> Staff { get; init; } = (steps, _, row) => steps.PressAsync(row);

    /// <summary>What the customer presses then.</summary>
    public Func<CallSteps, Business, CallRow, Task<int>> Customer { get; init; } = (steps, business, row) => steps.FollowAsync(business, row);
}
