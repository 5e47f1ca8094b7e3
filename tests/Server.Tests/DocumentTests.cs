namespace MaySend.Server.Tests;

public class DocumentTests
{
    [Fact]
    public async Task Every_command_of_the_API_guide_prints_what_the_guide_says()
    {
        await using var server = await Running.StartAsync(
            isStocked: false,
            with: options => options with { PublicUrl = new Uri("https://u.example") }
        );
        await Guide.RunAsync(server, "api.md");
    }

    [Fact]
    public async Task The_conversation_with_an_assistant_went_as_it_is_told()
    {
        await using var server = await Running.StartAsync(with: options => options with { PublicUrl = new Uri("https://u.example") });
        await Guide.RunAsync(server, "assistants.md");
    }

    [Fact]
    public async Task Every_call_of_the_developers_door_prints_what_the_page_says()
    {
        await using var server = await Running.StartAsync();
        await Guide.RunAsync(server, "start.md");
    }
}
