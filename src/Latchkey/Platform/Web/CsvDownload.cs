using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.Platform.Web;

/// <summary>A CSV file that is written while it is read from the database: its length does not matter to the memory.</summary>
/// <param name="fileName">The name it is kept under.</param>
/// <param name="write">Writes the lines.</param>
public sealed class CsvDownload(string fileName, Func<TextWriter, CancellationToken, Task> write) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = "text/csv; charset=utf-8; header=present";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        // With the mark, or spreadsheets take UTF-8 for their own old encoding.
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 32 * 1024);
        await write(writer, context.HttpContext.RequestAborted);
    }
}
