using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace MaySend.Console.Parts;

/// <summary>
/// A page, or a part of one, that is drawn when all that it waits for is there, and not before. The framework's own base draws a component
/// while it waits as well, with nothing in it: over a store in another process that would be every page.
/// </summary>
public abstract class AwaitedComponent : IComponent, IHandleEvent
{
    RenderHandle handle;
    bool isInitialized;

    void IComponent.Attach(RenderHandle renderHandle) => handle = renderHandle;

    async Task IComponent.SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!isInitialized)
        {
            isInitialized = true;
            OnInitialized();
            await OnInitializedAsync();
        }
        OnParametersSet();
        await OnParametersSetAsync();
        Draw();
    }

    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg)
    {
        await item.InvokeAsync(arg);
        Draw();
    }

    /// <summary>What stands on it; written by the compiler of Razor.</summary>
    protected virtual void BuildRenderTree(RenderTreeBuilder builder) { }

    /// <summary>Once, when its parameters are known.</summary>
    protected virtual void OnInitialized() { }

    /// <summary>Once, after <see cref="OnInitialized"/>: whatever has to be waited for.</summary>
    protected virtual Task OnInitializedAsync() => Task.CompletedTask;

    /// <summary>Each time its parameters were set.</summary>
    protected virtual void OnParametersSet() { }

    /// <summary>Each time its parameters were set, after <see cref="OnParametersSet"/>.</summary>
    protected virtual Task OnParametersSetAsync() => Task.CompletedTask;

    void Draw() => handle.Render(BuildRenderTree);
}
