using MaySend.Evidence.Store;

namespace MaySend.Records.OptOuts;

/// <summary>
/// Opt-outs that a server beside this process wrote down while the store did not answer: they are requests to stop to whoever asks
/// meanwhile. The folder is looked at anew each time, so that one taken a second ago counts.
/// </summary>
public static class WaitingOptOuts
{
    /// <summary>From now on every dossier of the store holds what waits in the folder.</summary>
    /// <param name="store">The store.</param>
    /// <param name="register">Knows what a request is to whoever decides.</param>
    /// <param name="folder">The data folder of the servers.</param>
    public static void Attach(EvidenceStore store, OptOutRegister register, string folder) =>
        store.Waiting = contact => register.AsTheyWait(Spool.Read(folder).Where(request => request.Contact == contact.ToString()));
}
