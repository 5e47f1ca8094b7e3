using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace MaySend.Console.Access;

/// <summary>The accounts as ASP.NET Core Identity asks for them: password, lockout, security stamp, second factors.</summary>
sealed partial class UserStore(UserFile file, IDataProtectionProvider protection)
    : IUserPasswordStore<ConsoleUser>,
        IUserSecurityStampStore<ConsoleUser>,
        IUserLockoutStore<ConsoleUser>
{
    static readonly IdentityError Changed = new()
    {
        Code = "changed",
        Description = "Somebody else changed the account in the meantime. Reload the page.",
    };
    static readonly IdentityError Taken = new() { Code = "taken", Description = "An account with this name already exists." };

    /// <inheritdoc />
    public Task<IdentityResult> CreateAsync(ConsoleUser user, CancellationToken cancellationToken)
    {
        if (user.Id.Length == 0)
            user.Id = UserFile.NewStamp();
        return Task.FromResult(file.Add(user) ? IdentityResult.Success : IdentityResult.Failed(Taken));
    }

    /// <inheritdoc />
    public Task<IdentityResult> UpdateAsync(ConsoleUser user, CancellationToken cancellationToken) =>
        Task.FromResult(file.Save(user) ? IdentityResult.Success : IdentityResult.Failed(Changed));

    /// <summary>Accounts are closed, never deleted.</summary>
    public Task<IdentityResult> DeleteAsync(ConsoleUser user, CancellationToken cancellationToken)
    {
        user.IsClosed = true;
        return UpdateAsync(user, cancellationToken);
    }

    /// <inheritdoc />
    public Task<ConsoleUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(Open(file.ById(userId)));

    /// <inheritdoc />
    public Task<ConsoleUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult(Open(file.ByName(normalizedUserName)));

    /// <inheritdoc />
    public Task<string> GetUserIdAsync(ConsoleUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    /// <inheritdoc />
    public Task<string?> GetUserNameAsync(ConsoleUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    /// <inheritdoc />
    public Task SetUserNameAsync(ConsoleUser user, string? userName, CancellationToken cancellationToken) =>
        Set(() => user.Name = userName ?? "");

    /// <inheritdoc />
    public Task<string?> GetNormalizedUserNameAsync(ConsoleUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.NormalizedName);

    /// <inheritdoc />
    public Task SetNormalizedUserNameAsync(ConsoleUser user, string? normalizedName, CancellationToken cancellationToken) =>
        Set(() => user.NormalizedName = normalizedName ?? "");

    /// <inheritdoc />
    public Task SetPasswordHashAsync(ConsoleUser user, string? passwordHash, CancellationToken cancellationToken) =>
        Set(() => user.PasswordHash = passwordHash);

    /// <inheritdoc />
    public Task<string?> GetPasswordHashAsync(ConsoleUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    /// <inheritdoc />
    public Task<bool> HasPasswordAsync(ConsoleUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash is not null);

    /// <inheritdoc />
    public Task SetSecurityStampAsync(ConsoleUser user, string stamp, CancellationToken cancellationToken) =>
        Set(() => user.SecurityStamp = stamp);

    /// <inheritdoc />
    public Task<string?> GetSecurityStampAsync(ConsoleUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.SecurityStamp);

    /// <inheritdoc />
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(ConsoleUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.LockedUntil);

    /// <inheritdoc />
    public Task SetLockoutEndDateAsync(ConsoleUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) =>
        Set(() => user.LockedUntil = lockoutEnd);

    /// <inheritdoc />
    public Task<int> IncrementAccessFailedCountAsync(ConsoleUser user, CancellationToken cancellationToken) =>
        Task.FromResult(++user.Failures);

    /// <inheritdoc />
    public Task ResetAccessFailedCountAsync(ConsoleUser user, CancellationToken cancellationToken) => Set(() => user.Failures = 0);

    /// <inheritdoc />
    public Task<int> GetAccessFailedCountAsync(ConsoleUser user, CancellationToken cancellationToken) => Task.FromResult(user.Failures);

    /// <inheritdoc />
    public Task<bool> GetLockoutEnabledAsync(ConsoleUser user, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Nobody is exempt.</summary>
    public Task SetLockoutEnabledAsync(ConsoleUser user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() { }

    static ConsoleUser? Open(ConsoleUser? user) => user is { IsClosed: false } ? user : null;

    static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}
