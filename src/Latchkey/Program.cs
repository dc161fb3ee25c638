using System.CommandLine;
using Latchkey.Hosting.Cli;

// One binary: `latchkey serve` is the portal, every other verb works on the same database beside it.
var root = new RootCommand("Latchkey: a customer portal with sign-in by mailed link.")
{
    Verbs.Serve(), Verbs.Migrate(), Verbs.Demo(), new ImportVerb().Create(), new ImportInvoicesVerb().Create(), LinkVerb.Create(), WhyVerb.Create(), InitVerb.Create(), StaffVerb.Create(), PolicyVerb.Create(), Verbs.Backup(), EventsVerb.Create(),
};
// Longer than the server grants itself to end what runs: the library's own two seconds would cut it off.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
