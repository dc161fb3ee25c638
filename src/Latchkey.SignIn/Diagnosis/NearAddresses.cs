namespace Latchkey.SignIn.Diagnosis;

/// <summary>
/// What somebody may have meant who typed an address that nobody has: made from the address alone, so that each can be looked up by
/// index and no table is read through. Slips of one letter are as many as the letters times forty: whoever keeps the addresses makes
/// those up where they are.
/// </summary>
public static class NearAddresses
{
    /// <summary>Where most people have their mail, and so what most typing errors in a domain were meant to be.</summary>
    private static readonly string[] Common =
    [
        "gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "live.com", "aol.com", "msn.com", "me.com", "mail.com", "proton.me", "protonmail.com",
        "googlemail.com", "videotron.ca", "bell.net", "sympatico.ca", "rogers.com", "shaw.ca", "telus.net", "outlook.fr", "hotmail.fr", "yahoo.fr", "orange.fr", "free.fr",
        "wanadoo.fr", "laposte.net", "yahoo.co.uk", "hotmail.co.uk", "btinternet.com", "comcast.net", "gmx.com", "gmx.de", "web.de", "yahoo.ca", "hotmail.ca", "outlook.ca",
    ];

    private static readonly string[] Ends = ["com", "ca", "fr", "net", "org", "co.uk"];

    /// <summary>The few that need no letter to be guessed: without dots and tag, and at the <see cref="Domains"/>.</summary>
    /// <param name="address">What was typed.</param>
    /// <returns>Different from it and from one another, the likeliest first.</returns>
    public static IReadOnlyList<string> Likely(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return [.. Folded(address.LocalPart).Select(l => $"{l}@{address.Domain}").Concat(Domains(address).Select(d => $"{address.LocalPart}@{d}"))
            .Distinct(StringComparer.Ordinal).Where(a => a != address.Value)];
    }

    /// <summary>Domains that may have been meant: well-known ones that the typed one is like, and the same name under another end.</summary>
    /// <param name="address">What was typed.</param>
    /// <returns>The likeliest first, without the typed one.</returns>
    public static IReadOnlyList<string> Domains(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        string typed = address.Domain;
        var near = Common.Select(d => (Domain: d, Distance: Distance(typed, d))).Where(d => d.Distance is 1 or 2).OrderBy(d => d.Distance).Select(d => d.Domain);
        int dot = typed.IndexOf('.', StringComparison.Ordinal);
        return [.. near.Concat(dot > 0 ? Ends.Select(end => $"{typed[..dot]}.{end}") : []).Distinct(StringComparer.Ordinal).Where(d => d != typed)];
    }

    /// <summary>The name that an address spells: <c>ann.archer77</c> is Ann Archer, or Archer Ann.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Nothing when it spells less than two words.</returns>
    public static IReadOnlyList<string> NamesIn(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        string[] words = [.. address.LocalPart.Split('+')[0].Split('.', '_', '-').Select(w => w.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'))
            .Where(w => w.Length > 1).Select(w => char.ToUpperInvariant(w[0]) + w[1..])];
        return words.Length == 2 ? [$"{words[0]} {words[1]}", $"{words[1]} {words[0]}"] : [];
    }

    /// <summary>How far an address on record is from what was typed.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="known">An address on record, in any form.</param>
    /// <returns>0 when they differ by dots and by what follows a plus sign only, else <see cref="Distance"/>.</returns>
    public static int Slips(EmailAddress typed, string known)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return EmailAddress.TryRead(known, out var address) && address.Mailbox() == typed.Mailbox() ? 0 : Distance(typed.Value, known);
    }

    /// <summary>Letters that are wrong, missing, too many, or swapped with their neighbour (Damerau and Levenshtein, adjacent swaps).</summary>
    /// <param name="a">One text.</param>
    /// <param name="b">The other.</param>
    public static int Distance(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        int[] before = new int[b.Length + 1], last = [.. Enumerable.Range(0, b.Length + 1)], now = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(now[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = Math.Min(now[j], before[j - 2] + 1);
            }
            (before, last, now) = (last, now, before);
        }
        return last[b.Length];
    }

    /// <summary>Without dots, without the tag, without both.</summary>
    private static IEnumerable<string> Folded(string local)
    {
        string plain = local.Split('+')[0];
        yield return plain;
        yield return plain.Replace(".", "", StringComparison.Ordinal);
    }
}
