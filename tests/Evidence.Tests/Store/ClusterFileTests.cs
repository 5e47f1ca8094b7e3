using MaySend.Reading;
using MaySend.Stores;

namespace MaySend.Evidence.Tests.Store;

public sealed class ClusterFileTests
{
    [Fact]
    public void A_file_names_servers_in_its_own_order_whichever_way_a_connection_is_written()
    {
        var servers = Read("servers:\n  north: Host=db-1;Database=maysend\n  b: postgres://maysend@db-2:5433/people\n");
        servers.Select(server => server.Name).ShouldBe(["north", "b"]);
        servers[1].ConnectionString.ShouldContain("Port=5433");
        servers[1].Schema.ShouldBe("maysend");
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_file_is_said_at_once_with_its_place()
    {
        var wrong = Should.Throw<BadInputException>(() =>
            Read("servers:\n  A: Host=db-1\n  b: a folder\n  c: Host=db-3\n  d: Host=db-3\nhome: a\n")
        );
        var said = wrong.Problems.Select(problem => problem.ToString()).ToList();
        said.ShouldContain(problem => problem.Contains(":2:") && problem.Contains("`A` is not a valid name"));
        said.ShouldContain(problem => problem.Contains(":3:") && problem.Contains("not a PostgreSQL connection"));
        said.ShouldContain(problem => problem.Contains("c and d are the same database"));
        said.ShouldContain(problem => problem.Contains("unknown key `home`"));
    }

    [Fact]
    public void A_file_that_names_nobody_or_is_not_there_opens_nothing()
    {
        Should.Throw<BadInputException>(() => Read("servers: {}\n")).Message.ShouldContain("no server is named");
        Should.Throw<BadInputException>(() => Read("")).Message.ShouldContain("empty");
        Should
            .Throw<BadInputException>(() => EvidenceStores.Cluster("postgres-cluster:/nowhere/cluster.yaml"))
            .Message.ShouldContain("file not found");
        EvidenceStores.Cluster("a-folder").ShouldBeNull();
        EvidenceStores.Cluster("Host=db-1").ShouldBeNull();
    }

    static IReadOnlyList<MaySend.Evidence.Postgres.Cluster.ClusterServer> Read(string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            return ClusterFile.Read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
