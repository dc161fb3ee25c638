using Latchkey.Features.Approvals;
using Latchkey.Features.Approvals.Console;
using Latchkey.Features.Approvals.Mails;
using Latchkey.Features.Staff;
using Latchkey.Features.Staff.Mails;
using Latchkey.Features.Storefronts;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;

namespace Latchkey.Hosting;

/// <summary>The business's own side.</summary>
internal static class ConsoleServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<StaffMembers>();
        services.AddSingleton<EditStorefront>().AddSingleton<StorefrontHosts>().AddSingleton<SenderRecords>().AddSingleton<DnsTxt>();
        services.AddSingleton<AddStaff>().AddSingleton<ChangeStaff>().AddSingleton<Team>().AddSingleton<SetUp>().AddSingleton<MailKind, InvitationMail>();
        services.AddSingleton<ApprovalList>().AddSingleton<ApprovalWords>().AddSingleton<ApprovalEvents>().AddSingleton<MailKind, ApprovalMail>();
        services.AddSingleton<RequestApproval>().AddSingleton<DecideApproval>().AddSingleton<CarryOut>().AddSingleton<MergeAccounts>().AddSingleton<UndoMerge>().AddSingleton<ForgetMerged>();
    }
}
