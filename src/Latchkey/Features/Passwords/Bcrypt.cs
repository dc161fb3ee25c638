using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Latchkey.Features.Passwords;

/// <summary>bcrypt, for passwords imported from elsewhere, by the operating system's own libcrypt. Nothing new is hashed with it.</summary>
internal static partial class Bcrypt
{
    /// <summary>libcrypt's <c>struct crypt_data</c>, with room to spare.</summary>
    private const int WorkBytes = 64 * 1024;

    private static readonly Lazy<bool> Installed = new(() => NativeLibrary.TryLoad("libcrypt.so.1", out _));

    public static bool IsInstalled => Installed.Value;

    /// <summary>Up to a cost of 14, about a second: a higher one would let a file make sign-ins expensive.</summary>
    public static bool IsHash(string hash) => Form().IsMatch(hash);

    public static bool Verify(string hash, string password)
    {
        if (!IsInstalled || !IsHash(hash) || password.Contains('\0', StringComparison.Ordinal)) return false;
        byte[] phrase = Encoding.UTF8.GetBytes(password + '\0'), setting = Encoding.ASCII.GetBytes(hash + '\0');
        string? computed = Marshal.PtrToStringAnsi(crypt_rn(phrase, setting, new byte[WorkBytes], WorkBytes));
        return computed is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(computed), setting.AsSpan(0, hash.Length));
    }

#pragma warning disable IDE1006, SYSLIB1054, CA5392 // the C library's own name; no unsafe code for one call; the system's library, by its full name
    [DllImport("libcrypt.so.1", ExactSpelling = true)]
    private static extern IntPtr crypt_rn(byte[] phrase, byte[] setting, byte[] data, int size);
#pragma warning restore IDE1006, SYSLIB1054, CA5392

    [GeneratedRegex(@"^\$2[aby]\$(0[4-9]|1[0-4])\$[./A-Za-z0-9]{53}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
