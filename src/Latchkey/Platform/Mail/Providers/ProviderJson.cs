using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Latchkey.Platform.Mail.Providers;

/// <summary>JSON of a stranger: what is missing, or of another kind than expected, reads as null.</summary>
public readonly record struct ProviderJson(JsonElement Element)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("null").RootElement;

    /// <summary>Nothing at all for what is no JSON, such as a proxy's page.</summary>
    public static ProviderJson Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            return Parse(text);
        }
        catch (JsonException)
        {
            return new ProviderJson(Nothing);
        }
    }

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static ProviderJson Parse(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(text);
        return new ProviderJson(document.RootElement.Clone());
    }

    public ProviderJson this[string name] => new(Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var value) ? value : Nothing);

    public IEnumerable<ProviderJson> Items => Element.ValueKind == JsonValueKind.Array ? Element.EnumerateArray().Select(e => new ProviderJson(e)) : [];

    public ProviderJson First => Items.FirstOrDefault(new ProviderJson(Nothing));

    public bool IsObject => Element.ValueKind == JsonValueKind.Object;

    /// <summary>A text, or a number as it is written.</summary>
    public string? Text => Element.ValueKind switch
    {
        JsonValueKind.String => Words(Element),
        JsonValueKind.Number => Element.GetRawText(),
        _ => null,
    };

    public int? Number => int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    public bool IsTrue => Element.ValueKind == JsonValueKind.True;

    /// <summary>A time in ISO 8601 with its zone.</summary>
    public DateTimeOffset? Time => DateTimeOffset.TryParse(Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    /// <summary>A time in seconds since 1970, with or without a fraction.</summary>
    public DateTimeOffset? UnixTime =>
        double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private static string? Words(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half a character, as an escape
        }
    }

    public static HttpRequestMessage Post(Uri to, JsonNode body) =>
        new(HttpMethod.Post, to) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = new("application/json") } } };
}
