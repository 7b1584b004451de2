-- One row: the mark by which the online store is known again. A store without it has lost its data.
-- The row's lock lets one replica at a time do something about that.
create table online_store_mark (
    id      int not null primary key check (id = 1),
    -- Null until the store was marked for the first time.
    mark    varchar(64),
    losses  int not null,
    lost_at timestamp with time zone
);
insert into online_store_mark (id, mark, losses, lost_at) values (1, null, 0, null);
