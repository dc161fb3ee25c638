namespace Latchkey.Features.Approvals.Console;

/// <summary>What the preview of a support action shows.</summary>
public sealed record ApprovalPreview(ApprovalKind Kind, Subjects Of);
