using System.Globalization;
using Latchkey.Features.Account;
using Latchkey.Platform;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Units.Console;

/// <summary>The form of a type as it was typed, and what is wrong with it.</summary>
public sealed class TypeForm
{
    public const int MostCharacters = 80;
    private const decimal MostPrice = 100_000;

    public string Name { get; private init; } = "";
    public string Description { get; private init; } = "";
    public string Price { get; private init; } = "";
    public bool Offered { get; private init; } = true;
    public string? Problem { get; private set; }

    public static TypeForm Of(StockType type) => new()
    {
        Name = type.Name,
        Description = type.Description ?? "",
        Price = (type.Price / 100m).ToString("0.00", CultureInfo.InvariantCulture),
        Offered = type.RetiredAt is null,
    };

    public static TypeForm Of(IFormCollection form) => new()
    {
        Name = form["name"].ToString().Trim(),
        Description = form["description"].ToString().Trim(),
        Price = form["price"].ToString().Trim(),
        Offered = form["offered"].Count > 0,
    };

    /// <returns>Null when something is wrong: see <see cref="Problem"/>.</returns>
    public StockEdit? Read(IStringLocalizer<Texts> l, string currency)
    {
        if (Name.Length is 0 or > MostCharacters || !ProfileForm.IsPlain(Name)) Problem = l["A name has 1 to 80 characters."];
        else if (Description.Length > MostCharacters || !ProfileForm.IsPlain(Description)) Problem = l["A description has 80 characters at most."];
        // A comma is what a French keyboard gives.
        else if (!decimal.TryParse(Price.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price) || price > MostPrice
            || Money.OfMajor(price, currency) is not { } amount) Problem = l["A price is a number like 89.00."];
        else return new StockEdit(Name, Description.Length == 0 ? null : Description, amount, Offered);
        return null;
    }
}
