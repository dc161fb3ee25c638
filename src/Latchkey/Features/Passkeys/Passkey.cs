using Microsoft.AspNetCore.Identity;

namespace Latchkey.Features.Passkeys;

/// <summary>One passkey of an account.</summary>
public sealed record Passkey
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required byte[] CredentialId { get; init; }
    public required byte[] PublicKey { get; init; }
    public required long SignCount { get; init; }
    public required string Transports { get; init; }
    public required bool IsUserVerified { get; init; }
    public required bool IsBackupEligible { get; init; }
    public required bool IsBackedUp { get; init; }
    public required string RpId { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>As the framework checks it. What the device said at its making is not kept: nobody asks for it again.</summary>
    internal UserPasskeyInfo ToInfo() => new(
        CredentialId, PublicKey, CreatedAt, (uint)SignCount, Transports.Split(',', StringSplitOptions.RemoveEmptyEntries),
        IsUserVerified, IsBackupEligible, IsBackedUp, attestationObject: [], clientDataJson: []);
}
