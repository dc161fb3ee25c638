using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.ImportJobs.Console;

/// <summary>Which column of a file is what, and what is said beside the file.</summary>
internal sealed class MappingForm
{
    public IReadOnlyList<ContactField> Columns { get; private set; }
    public string Facility { get; private set; }
    public bool CreateFacilities { get; private set; }
    public string Currency { get; private set; }
    public DateOrder Dates { get; private set; }
    public List<(string Field, string Text)> Problems { get; } = [];

    public MappingForm(ImportSample sample, ImportOptions options)
    {
        var guess = ContactHeader.Guess(sample.Names);
        Columns = [.. sample.Names.Select((name, i) => options.Mapping.TryGetValue(name, out var chosen) ? chosen : guess[i] ?? ContactField.Unused)];
        (Facility, CreateFacilities, Currency, Dates) = (options.Facility ?? "", options.CreateFacilities, options.Currency ?? "", options.Dates);
    }

    /// <returns>Null when something is wrong; what was typed stays in the form.</returns>
    public ImportOptions? Read(IFormCollection form, ImportSample sample, IReadOnlyCollection<string> facilities, IStringLocalizer<Texts> l)
    {
        Columns = [.. sample.Names.Select((_, i) => Enum.TryParse<ContactField>(form[$"column-{i}"], out var field) && Enum.IsDefined(field) ? field : ContactField.Unused)];
        (Facility, CreateFacilities, Currency) = (form["facility"].ToString(), form["create-facilities"] == "yes", form["currency"].ToString().Trim().ToUpperInvariant());
        Dates = Enum.TryParse<DateOrder>(form["dates"], out var dates) && Enum.IsDefined(dates) ? dates : DateOrder.Unknown;

        foreach (var twice in Columns.Select((field, i) => (field, i)).Where(c => c.field != ContactField.Unused).GroupBy(c => c.field).Where(g => g.Count() > 1))
            Problems.Add(($"column-{twice.Last().i}", l["{0} is chosen for two columns. Leave one out.", ImportWords.Field(l, twice.Key)]));
        if (!Columns.Any(c => c is ContactField.Name or ContactField.FirstName or ContactField.LastName)) Problems.Add(("column-0", l["Choose which column has the name."]));
        if (Facility.Length > 0 && !facilities.Contains(Facility, StringComparer.Ordinal)) Problems.Add(("facility", l["Choose a facility."]));
        if (Currency.Length > 0 && (Currency.Length != 3 || !Currency.All(char.IsAsciiLetter))) Problems.Add(("currency", l["A currency has a code of three letters, such as USD."]));
        return Problems.Count > 0 ? null : new ImportOptions
        {
            Facility = Facility.Length == 0 ? null : Facility,
            CreateFacilities = CreateFacilities,
            Currency = Currency.Length == 0 ? null : Currency,
            Dates = Dates,
            // Each column by name, also those to leave out: their headers might be understood otherwise.
            Mapping = sample.Names.Select((name, i) => (name, Columns[i])).Where(c => c.name.Length > 0).ToDictionary(c => c.name, c => c.Item2, StringComparer.Ordinal),
        };
    }
}
