using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Account.Mails;

/// <summary>What the mails about a change of address keep: which link, and when and from where it was asked for. Its token is derived again.</summary>
internal sealed record AboutChange(Guid LinkId, DateTimeOffset At, string? Device)
{
    public string Asked(IStringLocalizer<Texts> l) =>
        Device is null ? l["Asked for on {0}.", Dates.Moment(At)] : l["Asked for on {0} from {1}.", Dates.Moment(At), Devices.InWords(l, Device)];
}
