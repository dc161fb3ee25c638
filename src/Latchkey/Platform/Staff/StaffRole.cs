namespace Latchkey.Platform.Staff;

/// <summary>What somebody is in an organization. Support is of the whole installation.</summary>
public enum StaffRole
{
    Staff,
    Manager,
    Owner,
    Support,
}

#pragma warning disable CA1711 // that is what it is
/// <summary>What a page or a button of the console needs.</summary>
public enum Permission
{
    /// <summary>Look at what the organization has.</summary>
    See,
    /// <summary>Help customers: send links, edit records, import.</summary>
    Act,
    /// <summary>Decide how the business runs: settings, staff.</summary>
    Configure,
    /// <summary>What could give one customer what is another's: merge, reset, link, approve.</summary>
    Support,
}

public static class Roles
{
    /// <summary>The whole matrix.</summary>
    public static bool May(this StaffRole role, Permission permission) => (role, permission) switch
    {
        (_, Permission.See) => true,
        (StaffRole.Manager or StaffRole.Owner or StaffRole.Support, Permission.Act) => true,
        (StaffRole.Owner, Permission.Configure) => true,
        (StaffRole.Support, Permission.Support) => true,
        _ => false,
    };
}
