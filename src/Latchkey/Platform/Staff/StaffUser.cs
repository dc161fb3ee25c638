namespace Latchkey.Platform.Staff;

/// <summary>Who is at the console, and for which organization.</summary>
public sealed record StaffUser
{
    public required Guid AccountId { get; init; }
    public required string Email { get; init; }
    /// <summary>Their name, or their address as long as they gave none: stands in the record of what they do.</summary>
    public required string Name { get; init; }
    public required StaffRole Role { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Organization { get; init; }
    /// <summary>Whether there is another organization to go to.</summary>
    public required bool HasOthers { get; init; }

    public bool May(Permission permission) => Role.May(permission);
}

public static class StaffOfRequest
{
    /// <summary>Who is at the console.</summary>
    /// <exception cref="InvalidOperationException">This is not a page behind the console's fence.</exception>
    public static StaffUser Staff(this HttpContext context) =>
        context.Features.Get<StaffUser>() ?? throw new InvalidOperationException("This request is not of the console.");
}
