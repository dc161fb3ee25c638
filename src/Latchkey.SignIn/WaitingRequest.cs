using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>What the browser that asked may know of its request: nothing that depends on whether the address is known.</summary>
public sealed record WaitingRequest
{
    /// <summary>The request.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name as typed, or masked.</summary>
    public required string Shown { get; init; }

    /// <summary>The address or number, for asking again.</summary>
    public required SignInName Name { get; init; }

    /// <summary>When it was asked for last.</summary>
    public required DateTimeOffset LastAskedAt { get; init; }

    /// <summary>Codes typed so far.</summary>
    public required int CodeTries { get; init; }

    /// <summary>The two digits that another browser is asked for, where the policy has it so.</summary>
    public required string Number { get; init; }

    internal static WaitingRequest? Read(DbDataReader r, SignInKey key) => TypedName.Unseal(key, r.GetFieldValue<byte[]>(1)) is not { } typed ? null : new()
    {
        Id = r.GetGuid(0),
        Shown = typed.Shown,
        Name = typed.Name,
        LastAskedAt = r.Time(2),
        CodeTries = r.GetInt32(3),
        Number = key.Number(r.GetGuid(0)),
    };
}
