using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Latchkey.Tests.Features.Passkeys;

/// <summary>A device with one passkey, and the browser around it: does as the options say, or as a test bends it.</summary>
internal sealed class Authenticator : IDisposable
{
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] CredentialId { get; } = RandomNumberGenerator.GetBytes(32);
    public string? UserHandle { get; private set; }
    public uint Count { get; set; }

    /// <summary>The answer of navigator.credentials.create, as JSON.</summary>
    public JsonObject Create(JsonNode options, string origin, Bent? bent = null)
    {
        bent ??= new();
        UserHandle = options["user"]!["id"]!.GetValue<string>();
        var made = new CborWriter();
        made.WriteStartMap(3);
        made.WriteTextString("fmt");
        made.WriteTextString("none");
        made.WriteTextString("attStmt");
        made.WriteStartMap(0);
        made.WriteEndMap();
        made.WriteTextString("authData");
        made.WriteByteString([.. Data(options["rp"]!["id"]!.GetValue<string>(), bent, 0x40), .. new byte[16], 0, (byte)CredentialId.Length, .. CredentialId, .. PublicKey(bent.Algorithm)]);
        made.WriteEndMap();
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Text(ClientData("webauthn.create", options, origin, bent)),
            ["attestationObject"] = Text(bent.Junk ?? made.Encode()),
            ["transports"] = new JsonArray("internal", "hybrid"),
        });
    }

    /// <summary>The answer of navigator.credentials.get, as JSON.</summary>
    public JsonObject Get(JsonNode options, string origin, Bent? bent = null)
    {
        bent ??= new();
        Count++;
        var client = ClientData("webauthn.get", options, origin, bent);
        var data = bent.Junk ?? Data(options["rpId"]!.GetValue<string>(), bent, 0);
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (bent.BadSignature) signature[^1] ^= 1;
        var response = new JsonObject { ["clientDataJSON"] = Text(client), ["authenticatorData"] = Text(data), ["signature"] = Text(signature) };
        if (!bent.NoUserHandle) response["userHandle"] = bent.UserHandle ?? UserHandle;
        return Credential(response);
    }

    public void Dispose() => key.Dispose();

    JsonObject Credential(JsonObject response) => new()
    {
        ["id"] = Text(CredentialId),
        ["rawId"] = Text(CredentialId),
        ["type"] = "public-key",
        ["authenticatorAttachment"] = "platform",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    };

    static byte[] ClientData(string type, JsonNode options, string origin, Bent bent) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = bent.Type ?? type,
        ["challenge"] = bent.Challenge ?? options["challenge"]!.GetValue<string>(),
        ["origin"] = bent.Origin ?? origin,
        ["crossOrigin"] = bent.CrossOrigin,
    }.ToJsonString());

    byte[] Data(string rpId, Bent bent, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, bent.Count ?? Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(bent.RpId ?? rpId)), (byte)(flags | bent.Flags), .. count];
    }

    byte[] PublicKey(int algorithm)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var cose = new CborWriter();
        cose.WriteStartMap(5);
        foreach (var (label, value) in new[] { (1, 2), (3, algorithm), (-1, 1) })
        {
            cose.WriteInt32(label);
            cose.WriteInt32(value);
        }
        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        return cose.Encode();
    }

    static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}

/// <summary>What is not as it should be.</summary>
internal sealed record Bent
{
    public const byte Present = 1, Verified = 4;

    public string? Type { get; init; }
    public string? Challenge { get; init; }
    public string? Origin { get; init; }
    public bool CrossOrigin { get; init; }
    public string? RpId { get; init; }
    public byte Flags { get; init; } = Present | Verified;
    public uint? Count { get; init; }
    public string? UserHandle { get; init; }
    public bool NoUserHandle { get; init; }
    public bool BadSignature { get; init; }
    public int Algorithm { get; init; } = -7;
    public byte[]? Junk { get; init; }
}
