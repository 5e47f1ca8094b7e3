using MaySend.Evidence.Actors;
using MaySend.Records;

namespace MaySend.Console.Access;

/// <summary>Of whom a second factor is asked.</summary>
static class SecondFactorAsks
{
    /// <summary>True when somebody with these roles has to have one.</summary>
    public static bool Asks(this SecondFactorFor of, IEnumerable<string> roles) =>
        of == SecondFactorFor.Everybody || (of == SecondFactorFor.Signers && roles.Any(role => Role.RightsOf(role).HasFlag(Rights.Sign)));
}
