using System.Reflection;
using MaySend.Law.Files;
using MaySend.Law.Provisions;

namespace MaySend.Law.Tests.Views;

/// <summary>The law of this repository.</summary>
static class RealLaw
{
    public static readonly string Root = typeof(RealLaw)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot")
        .Value!;
    public static readonly string Folder = Path.Combine(Root, "law");
    public static readonly LawBook Book = LawReader.Read(Folder);

    public static Jurisdiction Of(string id) => Book.Find(id)!;
}
