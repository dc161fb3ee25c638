using Latchkey.Features.SignUps;
using Latchkey.Platform;

namespace Latchkey.Tests.Features.SignUps;

/// <summary>Due today, and then monthly.</summary>
[Trait("Engine", "none")]
public sealed class QuoteTests
{
    [Theory]
    // First of the month: the days that are left of it, this one too.
    [InlineData("2026-11-21", false, 0, 3100 + 400 + 1500, 10500, "2026-11-30", "2026-12-01")]
    [InlineData("2026-11-01", false, 0, 9300 + 1200 + 1500, 10500, "2026-11-30", "2026-12-01")]
    [InlineData("2028-02-29", false, 0, 321 + 41 + 1500, 10500, "2028-02-29", "2028-03-01")]
    // Anniversary: a whole month, whatever its length.
    [InlineData("2026-11-21", true, 0, 9300 + 1200 + 1500, 10500, "2026-12-20", "2026-12-21")]
    [InlineData("2027-01-31", true, 0, 9300 + 1200 + 1500, 10500, "2027-02-27", "2027-02-28")]
    [InlineData("2026-11-21", true, 14975, 10500 + 1393 + 180 + 1500 + 225, 10500 + 1393 + 180, "2026-12-20", "2026-12-21")]
    public void Is_what_the_days_cost(string start, bool anniversary, int taxRate, long today, long monthly, string end, string next)
    {
        var terms = new BillingTerms { Anniversary = anniversary, TaxRate = taxRate, TaxName = "Tax" };
        var quote = Quote.Of(SignUp(), DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture), terms);

        quote.DueToday.Minor.ShouldBe(today);
        quote.Monthly.Minor.ShouldBe(monthly);
        quote.PeriodEnd.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(end);
        quote.NextOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(next);
    }

    private static SignUp SignUp()
    {
        var (cover, padlock) = (Guid.NewGuid(), Guid.NewGuid());
        return new SignUp
        {
            Id = Guid.NewGuid(), State = SignUpState.Open, FacilityId = Guid.NewGuid(), Facility = "Riverside", UnitTypeId = Guid.NewGuid(), Type = "10 m²",
            Price = new Money(9300, "USD"), BegunAt = DateTimeOffset.UnixEpoch, Chosen = [cover, padlock],
            Offered = [new Extra(cover, "Cover", new Money(1200, "USD"), true), new Extra(padlock, "Lock", new Money(1500, "USD"), false), new Extra(Guid.NewGuid(), "Shelf", new Money(900, "USD"), true)],
        };
    }
}
