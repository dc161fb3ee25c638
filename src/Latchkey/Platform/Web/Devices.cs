using Microsoft.Extensions.Localization;

namespace Latchkey.Platform.Web;

/// <summary>The kind of device, as <see cref="Requester.Device"/> tells it, in the current language.</summary>
public static class Devices
{
    /// <param name="l">The texts.</param>
    /// <param name="device">Such as <c>Firefox on Windows</c>.</param>
    public static string InWords(IStringLocalizer<Texts> l, string device) =>
        device.Split(" on ") is [var browser, var system] ? l["{0} on {1}", browser, system].Value : device;
}
