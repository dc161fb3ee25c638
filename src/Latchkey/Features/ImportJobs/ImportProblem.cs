using System.Globalization;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;

namespace Latchkey.Features.ImportJobs;

/// <summary>What is wrong with a row or a file, kept so that it can be said in any language.</summary>
/// <param name="Column">The header of the cell it is about; null: the row, or the file, as a whole.</param>
/// <param name="Format">The English text, with places for the values.</param>
/// <param name="Values">What stands there.</param>
internal sealed record ImportProblem(string? Column, string Format, IReadOnlyList<string> Values)
{
    public static ImportProblem Of(RowProblem problem) => Of(problem.Text, problem.Column);

    public static ImportProblem Of(FormattableString text, string? column = null) =>
        new(column, text.Format, [.. text.GetArguments().Select(a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "")]);
}
