namespace Latchkey.Features.Approvals;

/// <summary>What a support action asks of both sides: when it is requested, and again when it is carried out.</summary>
public static class ApprovalRules
{
    /// <returns>Null when it can be done.</returns>
    public static Obstacle? Against(ApprovalKind kind, Subjects of) => kind switch
    {
        ApprovalKind.Merge => Pair(of) ?? (of.Account.State == "proven" && of.Other!.State == "proven" ? null : Obstacle.NotProven),
        ApprovalKind.TakeOver => Pair(of) ?? (of.Account.State == "proven" ? null : Obstacle.NotProven),
        ApprovalKind.Reset => Closed(of.Account),
        ApprovalKind.Link => Closed(of.Account) ?? (of.Account.State == "disabled" ? Obstacle.Closed
            : of.Account.StorefrontId != of.Contact!.StorefrontId ? Obstacle.OtherStorefront
            : IsLinked(of) ? Obstacle.Linked : null),
        ApprovalKind.Unlink => IsLinked(of) ? null : Obstacle.NotLinked,
    };

    private static Obstacle? Pair(Subjects of) =>
        of.Account.Id == of.Other!.Id ? Obstacle.Same
        : of.Account.StorefrontId != of.Other.StorefrontId ? Obstacle.OtherStorefront
        : Closed(of.Account) ?? Closed(of.Other);

    private static Obstacle? Closed(AccountSubject account) => account.State == "merged" ? Obstacle.Closed : null;

    private static bool IsLinked(Subjects of) => of.Account.Contacts.Any(c => c.Id == of.Contact!.Id);
}

/// <summary>Why a support action cannot be done.</summary>
public enum Obstacle
{
    /// <summary>Both sides are the same account.</summary>
    Same,
    /// <summary>They are of two storefronts: nothing crosses from one to another.</summary>
    OtherStorefront,
    /// <summary>Nobody has proven the mailbox: what one person sees could be shown to another.</summary>
    NotProven,
    /// <summary>An account was merged or disabled.</summary>
    Closed,
    Linked,
    NotLinked,
}
