using System.Collections.Concurrent;
using MaySend.Ledger.Contract.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Server.Tests;

/// <summary>Somebody else's machine: keeps what it is sent, gives it back, and stamps digests with the time; or is away.</summary>
sealed class KeepingPlace : IAsyncDisposable
{
    readonly WebApplication app;
    readonly TimeAuthority authority = new();

    KeepingPlace(WebApplication app) => this.app = app;

    public ConcurrentQueue<string> Kept { get; } = new();

    public bool IsAway { get; set; }

    /// <summary>A clock for the stamps.</summary>
    public FakeTimeProvider? Clock { get; set; }

    public static async Task<KeepingPlace> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var place = new KeepingPlace(app);
        app.Use((context, next) => place.IsAway ? Results.StatusCode(503).ExecuteAsync(context) : next(context));
        app.MapPost("/notes", place.KeepAsync);
        app.MapGet("/notes", () => string.Concat(place.Kept));
        app.MapPost("/stamps", place.StampAsync);
        await app.StartAsync();
        return place;
    }

    /// <summary>The settings of a store whose checkpoints leave for here and for a file.</summary>
    public string Settings(string folder)
    {
        var (url, pem, token) = (app.Urls.First(), Path.Combine(folder, "authority.pem"), Path.Combine(folder, "token"));
        File.WriteAllText(pem, authority.Pem);
        File.WriteAllText(token, "s3cret\n");
        return $$"""
            {"everyMinutes": 60,
             "files": ["{{Path.Combine(folder, "other-disk.txt")}}"],
             "endpoints": [{"url": "{{url}}/notes", "tokenFile": "{{token}}", "readBack": "{{url}}/notes"}],
             "timeStamps": [{"url": "{{url}}/stamps", "authority": "{{pem}}", "keptIn": "{{Path.Combine(folder, "stamped.txt")}}"}]}
            """;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        authority.Dispose();
    }

    async Task<IResult> KeepAsync(HttpRequest request)
    {
        if (
            request.Headers.Authorization != "Bearer s3cret"
            || request.ContentType?.StartsWith("text/plain", StringComparison.Ordinal) != true
        )
            return Results.StatusCode(401);
        using var reader = new StreamReader(request.Body);
        Kept.Enqueue(await reader.ReadToEndAsync());
        return Results.NoContent();
    }

    async Task<IResult> StampAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return Results.Bytes(authority.Answer(body.ToArray(), Clock!.GetUtcNow()), "application/timestamp-reply");
    }
}
