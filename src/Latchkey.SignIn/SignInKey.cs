using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.SignIn;

/// <summary>
/// The installation's secret. Link tokens, codes and session tokens are derived from it (HMAC-SHA-256, RFC 2104), so that
/// a mail can be rendered again after a crash while the database holds nothing that signs anybody in.
/// </summary>
/// <remarks>
/// It must live outside the database. With another key, codes and the links of mails that have not left yet stop working; links
/// already mailed and sessions go on, because they are found by their stored hashes: end those with <see cref="Sessions.EndAllAsync"/>.
/// </remarks>
public sealed class SignInKey
{
    /// <summary>The least number of bytes a key has (256 bits).</summary>
    public const int LeastBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] linkKey;
    private readonly byte[] codeKey;
    private readonly byte[] sessionKey;
    private readonly byte[] oneTimeKey;
    private readonly byte[] numberKey;
    private readonly byte[] fingerprintKey;
    private readonly byte[] sealKey;
    private readonly byte[] helpKey;

    /// <summary>Derives one sub-key for each purpose (HKDF, RFC 5869), so that a token of one kind is never one of another.</summary>
    /// <param name="secret">At least <see cref="LeastBytes"/> bytes from a cryptographic random source.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public SignInKey(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < LeastBytes) throw new ArgumentException($"The installation key needs at least {LeastBytes} bytes.", nameof(secret));
        linkKey = Derive(secret, "latchkey link v1");
        codeKey = Derive(secret, "latchkey code v1");
        sessionKey = Derive(secret, "latchkey session v1");
        oneTimeKey = Derive(secret, "latchkey one-time link v1");
        numberKey = Derive(secret, "latchkey number v1");
        fingerprintKey = Derive(secret, "latchkey fingerprint v1");
        sealKey = Derive(secret, "latchkey seal v1");
        helpKey = Derive(secret, "latchkey help v1");
    }

    /// <summary>The token in the link of one mail of a request: 160 bits, 32 characters of <see cref="LinkToken"/>'s alphabet.</summary>
    /// <param name="requestId">The request the mail belongs to.</param>
    /// <param name="number">The mail's number within the request, from 1.</param>
    public LinkToken LinkToken(Guid requestId, int number)
    {
        Span<byte> message = stackalloc byte[20];
        requestId.TryWriteBytes(message, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(message[16..], number);
        return new LinkToken(HMACSHA256.HashData(linkKey, message).AsSpan(0, SignIn.LinkToken.Bytes));
    }

    /// <summary>The code of a request: the same in each of its mails.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="digits">Number of digits, 4 to 8. Leading zeros are kept.</param>
    public string Code(Guid requestId, int digits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 8);
        Span<byte> message = stackalloc byte[16];
        requestId.TryWriteBytes(message, bigEndian: true, out _);
        // 64 bits modulo at most 10^8: the bias is below 10^-11.
        ulong number = BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(codeKey, message)) % (ulong)Math.Pow(10, digits);
        return number.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>
    /// The cookie value of a session: 256 bits. It also depends on the browser's own secret, of which the database has
    /// only a hash: key and database together cannot forge a session, and the browser that won can be given the same one again.
    /// </summary>
    /// <param name="sessionId">The session's row.</param>
    /// <param name="browser">The browser that redeemed.</param>
    public string SessionToken(Guid sessionId, BrowserSecret browser)
    {
        ArgumentNullException.ThrowIfNull(browser);
        byte[] message = [.. sessionId.ToByteArray(bigEndian: true), .. Encoding.ASCII.GetBytes(browser.Value)];
        return Base32.Encode(HMACSHA256.HashData(sessionKey, message));
    }

    /// <summary>The token of a <see cref="OneTimeLink"/>: the purpose is part of it, so that one for a reset never confirms an address.</summary>
    /// <param name="purpose">What the link does.</param>
    /// <param name="id">Its row.</param>
    public LinkToken OneTimeToken(OneTimePurpose purpose, Guid id)
    {
        byte[] message = [.. id.ToByteArray(bigEndian: true), .. Encoding.ASCII.GetBytes(purpose.ToString())];
        return new LinkToken(HMACSHA256.HashData(oneTimeKey, message).AsSpan(0, SignIn.LinkToken.Bytes));
    }

    /// <summary>The two digits that the waiting page of a request shows, 10 to 99, for policies that ask for them in another browser.</summary>
    /// <param name="requestId">The request.</param>
    public string Number(Guid requestId)
    {
        uint number = BinaryPrimitives.ReadUInt32BigEndian(HMACSHA256.HashData(numberKey, requestId.ToByteArray(bigEndian: true)));
        return (10 + (number % 90)).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// A keyed hash of what somebody typed, to count and to find it without keeping it: addresses that belong to nobody here belong to
    /// somebody elsewhere.
    /// </summary>
    /// <param name="value">A canonical address, number or mailbox.</param>
    public string Fingerprint(string value) => Base32.Encode(HMACSHA256.HashData(fingerprintKey, Encoding.UTF8.GetBytes(value)).AsSpan(0, 20));

    /// <summary>Encrypts a short text for the database (AES-256-GCM, a random nonce each time).</summary>
    /// <param name="text">The text.</param>
    public byte[] Seal(string text) => Seal(Encoding.UTF8.GetBytes(text));

    /// <summary>Encrypts some bytes for the database, as <see cref="Seal(string)"/> does a text.</summary>
    /// <param name="plain">The bytes: a piece of a file, not all of a large one, for a box is opened as a whole.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        byte[] box = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(sealKey, TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length));
        return box;
    }

    /// <summary>Reads a text that <see cref="Seal(string)"/> encrypted.</summary>
    /// <param name="box">The encrypted form.</param>
    /// <returns>The text, or null when it was made under another key or changed.</returns>
    public string? Unseal(byte[] box) => UnsealBytes(box) is { } plain ? Encoding.UTF8.GetString(plain) : null;

    /// <summary>Reads bytes that <see cref="Seal(ReadOnlySpan{byte})"/> encrypted.</summary>
    /// <param name="box">The encrypted form.</param>
    /// <returns>The bytes, or null when they were made under another key or changed.</returns>
    public byte[]? UnsealBytes(byte[] box)
    {
        ArgumentNullException.ThrowIfNull(box);
        if (box.Length < NonceBytes + TagBytes) return null;
        byte[] plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(sealKey, TagBytes);
        try
        {
            aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), plain);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>The part of a <see cref="HelpCode"/> that tells rows of one second apart.</summary>
    internal ulong HelpMark(Guid id, bool isForLink, int bits)
    {
        byte[] about = id.ToByteArray(bigEndian: true);
        return BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(helpKey, isForLink ? [.. about, 1] : about)) >> (64 - bits);
    }

    /// <summary>SHA-256, the form in which secrets of 112 bits and more are kept (ASVS 5, 6.5.2).</summary>
    internal static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    private static byte[] Derive(ReadOnlySpan<byte> secret, string purpose)
    {
        byte[] derived = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, derived, salt: default, Encoding.ASCII.GetBytes(purpose));
        return derived;
    }
}
