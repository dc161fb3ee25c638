using Microsoft.Extensions.Localization;

namespace Latchkey.Platform.Web;

/// <summary>Kinds of devices, in the current language.</summary>
public static class Devices
{
    /// <param name="l">The texts.</param>
    /// <param name="device">As it is kept: <c>Firefox on Windows</c>.</param>
    public static string InWords(IStringLocalizer<Texts> l, string device) =>
        device.Split(" on ") is [var browser, var system] ? l["{0} on {1}", browser, system].Value : device;
}
