using Latchkey.Features.Facilities;
using Latchkey.Platform.Staff;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Units.Console;

/// <summary>What can be rented or subscribed to, how much of it is taken, and the way to change it.</summary>
public sealed class UnitsPageModel(Stock stock, FacilitiesOfOrganization facilities) : PageModel
{
    public IReadOnlyList<FacilityOfOrganization> Facilities { get; private set; } = [];
    public IReadOnlyList<StockType> Types { get; private set; } = [];
    public bool MayAct => HttpContext.Staff().May(Permission.Act);
    /// <summary>What the chart draws: facilities that have units.</summary>
    public IEnumerable<OccupancyBar> Bars => Types.Where(t => t.HasUnits && t.Units > 0).GroupBy(t => t.FacilityId)
        .Select(f => new OccupancyBar(f.First().Facility, f.Sum(t => t.Occupied), f.Sum(t => t.Held), f.Sum(t => t.Free), f.Sum(t => t.Closed)));

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var organization = HttpContext.Staff().OrganizationId;
        (Facilities, Types) = (await facilities.ListAsync(organization, cancel), await stock.AllAsync(organization, cancel));
    }
}

/// <summary>The units of one facility.</summary>
public sealed record OccupancyBar(string Facility, long Occupied, long Held, long Free, long Closed)
{
    private const int Width = 600;

    public long Units => Occupied + Held + Free + Closed;

    /// <summary>Of what could be rented out.</summary>
    public int Percent => Units == Closed ? 0 : (int)Math.Round(100m * Occupied / (Units - Closed), MidpointRounding.AwayFromZero);

    /// <summary>The parts from left to right, in the chart's units.</summary>
    public IEnumerable<(string Kind, long X, long Width)> Parts()
    {
        long x = 0, counted = 0;
        foreach (var (kind, count) in new[] { ("occupied", Occupied), ("held", Held), ("free", Free), ("closed", Closed) })
        {
            counted += count;
            long end = counted * Width / Units;
            if (end > x) yield return (kind, x, end - x);
            x = end;
        }
    }
}
