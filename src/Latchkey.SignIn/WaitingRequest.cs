using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>What the browser that asked may know of its request: nothing that depends on whether the address is known.</summary>
public sealed record WaitingRequest
{
    /// <summary>The request.</summary>
    public required Guid Id { get; init; }

    /// <summary>The address as typed, or masked.</summary>
    public required string Shown { get; init; }

    /// <summary>The address in canonical form, for asking again.</summary>
    public required EmailAddress Address { get; init; }

    /// <summary>When it was asked for last.</summary>
    public required DateTimeOffset LastAskedAt { get; init; }

    /// <summary>Codes typed so far.</summary>
    public required int CodeTries { get; init; }

    internal static WaitingRequest Read(DbDataReader r) => new()
    {
        Id = r.GetGuid(0),
        Shown = r.GetString(1),
        Address = EmailAddress.Of(r.GetString(2)),
        LastAskedAt = r.Time(3),
        CodeTries = r.GetInt32(4),
    };
}
