using Latchkey.Features.Contacts;
using Latchkey.Features.SuppressedAddresses;
using Latchkey.Features.Weather;
using Latchkey.Features.Why;
using Latchkey.SignIn;

namespace Latchkey.Hosting;

/// <summary>What answers the question why somebody cannot sign in.</summary>
internal static class WhyServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Limits>().AddSingleton<CorrectAddress>();
        services.AddSingleton<NearMisses>().AddSingleton<FindFacts>().AddSingleton<ReadQuestion>().AddSingleton<ProbableStorefront>().AddSingleton<DiagnoseCustomer>().AddSingleton<VerdictOfContact>();
        services.AddSingleton<LiftAddress>(s => s.GetRequiredService<LiftSuppression>().RunAsync);
        services.AddSingleton<ApplyFix>().AddSingleton<JudgeVerdict>();
        services.AddSingleton<WeatherNow>().AddSingleton<SignInReport>().AddSingleton<WaitingCustomers>().AddSingleton<TellWhenOver>();
        services.AddSingleton<TakeTurn>().AddSingleton<LookAtWeather>().AddSingleton<TellWaiting>().AddSingleton<CountDays>().AddHostedService<WeatherWatch>();
    }
}
