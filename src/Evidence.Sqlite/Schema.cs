namespace MaySend.Evidence.Sqlite;

/// <summary>The tables. Entries lie in the order in which they came, so that a commit touches few pages, and are found by contact and by
/// place in the chain.</summary>
static class Schema
{
    internal const int ApplicationId = 0x4D53_4C31; // "MSL1"
    internal const int Version = 2;

    internal const string Tables = """
        create table store (
          one integer primary key check (one = 1),
          store_id blob not null,
          controller_generation integer not null,
          controller_key blob not null) strict;
        create table key_generation (generation integer primary key, check_value blob not null) strict;
        create table head (
          partition integer primary key,
          seq integer not null,
          hash blob not null,
          recorded_at integer not null,
          row_sum blob not null,
          seal blob not null) strict;
        create table entry (
          number integer primary key,
          partition integer not null,
          seq integer not null,
          contact blob not null,
          kind text not null,
          recorded_at integer not null,
          idempotency blob,
          content blob not null,
          hash blob not null) strict;
        create unique index entry_of_partition on entry (partition, seq);
        create unique index entry_of_contact on entry (contact, idempotency);
        create table contact (
          address_mac blob primary key,
          id blob not null unique,
          partition integer not null,
          generation integer not null,
          wrapped_key blob not null,
          address blob not null,
          person blob) strict, without rowid;
        create index contact_of_partition on contact (partition, id);
        create index contact_of_person on contact (person) where person is not null;
        create table suppression (
          seq integer primary key,
          address_mac blob not null,
          generation integer not null,
          covers blob not null,
          hash blob not null) strict;
        create index suppression_of_address on suppression (address_mac);
        create table hold (
          number integer primary key autoincrement,
          contact blob not null,
          placed_at integer not null,
          reason blob not null) strict;
        create index hold_of_contact on hold (contact);
        create table checkpoint (number integer primary key, note text not null) strict;
        """;

    /// <summary>
    /// Durable on commit; deleted bytes are overwritten with zeros. The log is written back every 64 MB: entries of many contacts touch
    /// many pages, and most of them again before that.
    /// </summary>
    internal const string Settings = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma secure_delete = on;
        pragma wal_autocheckpoint = 16000;
        pragma cache_size = -65536;
        pragma mmap_size = 1073741824;
        pragma foreign_keys = on;
        """;
}
