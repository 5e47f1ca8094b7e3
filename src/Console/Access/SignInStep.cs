namespace MaySend.Console.Access;

/// <summary>How far signing in has come.</summary>
enum SignInStep
{
    /// <summary>Nobody is let in; why is in the log and told to nobody.</summary>
    Refused,

    /// <summary>The password is right, and more is asked.</summary>
    SecondFactor,

    /// <summary>Signed in.</summary>
    In,
}
