using MaySend.Records;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MaySend.OptOut;

/// <summary>
/// The address under which people reach the public pages. It is never taken from a request: whoever calls could have a link of theirs
/// mailed to somebody.
/// </summary>
sealed class PublicAddress(RecordsOptions options, IServer server)
{
    /// <summary>A page's whole address.</summary>
    /// <param name="path">Its path, without a slash at the beginning.</param>
    public string Of(string path)
    {
        var known = options.PublicUrl ?? new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new Uri(known.AbsoluteUri.EndsWith('/') ? known : new Uri(known.AbsoluteUri + "/"), path).AbsoluteUri;
    }
}
