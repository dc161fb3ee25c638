using System.Security.Cryptography;
using Latchkey.SignIn;

namespace Latchkey.Platform;

/// <summary>The installation's secret: from the settings, or from a file made on first start. It is never in the database.</summary>
public static class InstallationKey
{
    private const string FileName = "installation.key";

    public static SignInKey Load(LatchkeySettings settings)
    {
        if (settings.Key is { Length: > 0 } text) return Read(text, "Latchkey__Key");
        string file = Path.Combine(settings.DataDirectory, FileName);
        if (!File.Exists(file)) Create(file);
        return Read(File.ReadAllText(file).Trim(), file);
    }

    private static SignInKey Read(string text, string where)
    {
        try
        {
            return new SignInKey(Convert.FromBase64String(text));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new FormatException($"{where} must hold at least {SignInKey.LeastBytes} bytes in base 64. Make one with: openssl rand -base64 32", e);
        }
    }

    /// <summary>Written aside, flushed and moved, so that a full disk never leaves half a key.</summary>
    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string partial = $"{file}.{Guid.NewGuid():n}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(partial, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SignInKey.LeastBytes))));
            stream.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(partial, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(partial); // another process was first
        }
    }
}
