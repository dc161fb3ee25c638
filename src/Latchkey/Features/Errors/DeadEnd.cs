using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Latchkey.Features.Errors;

/// <summary>A page that says what happened and has one next step. No dead end without one.</summary>
public sealed record DeadEnd
{
    public required FailureKind Kind { get; init; }
    public required int Status { get; init; }
    public required string Title { get; init; }
    public required string Message { get; init; }
    /// <summary>What it may be, or how to help oneself, one by one.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];
    public string? Note { get; init; }
    public required NextStep Next { get; init; }
    /// <summary>Set when the step works only after some time: the page counts down.</summary>
    public int WaitSeconds { get; init; }
    /// <summary>Null only where there is no organization to tell it to.</summary>
    public required string? HelpCode { get; init; }

    /// <summary>The one next step: a link, or a form when it does something.</summary>
    public sealed record NextStep(string Label, string Url)
    {
        public bool IsForm => Fields is not null;
        public IReadOnlyDictionary<string, string>? Fields { get; init; }
    }

    public ViewResult ToResult() => new()
    {
        StatusCode = Status,
        ViewName = "/Features/Errors/DeadEnd.cshtml",
        ViewData = new ViewDataDictionary<DeadEnd>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = this },
    };
}
