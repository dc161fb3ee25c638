using Latchkey.Platform;

namespace Latchkey.Features.ImportJobs;

/// <summary>Wakes this node's worker of imports; other nodes look by themselves.</summary>
public sealed class ImportSignal : Signal;
