-- How the newest attempt of a streaming job is started: its parallelism, the name that follows from
-- its jar's content, how large its state is planned to become and why it is kept where it is.
alter table streaming_job add column parallelism int default 1 not null;
alter table streaming_job add column jar varchar(128);
alter table streaming_job add column state_bytes bigint default 0 not null;
alter table streaming_job add column backend_reason text default '' not null;
-- Stops with a savepoint that were asked of the attempt; each has its own trigger and folder.
alter table streaming_job add column stop_number int default 0 not null;
alter table streaming_job add column stop_not_before timestamp with time zone;
-- What attempts leave to the next one: whether there is state that could be lost, checkpoints that
-- turned out unusable (one a line), and what an operator should know.
alter table streaming_job add column checkpointed boolean default false not null;
alter table streaming_job add column rejected text default '' not null;
alter table streaming_job add column notice text;
-- Why it is not simply started again: DATA_LOSS_SUSPECTED, DATA_LOSS_ACKNOWLEDGED or STATE_LOST.
alter table streaming_job add column held_by varchar(32);

-- What an operator asked for beside the settings.
create table stream_setting (
    project     varchar(63) not null,
    source      varchar(63) not null,
    delivery    varchar(32) not null,
    parallelism int         not null,
    primary key (project, source, delivery)
);

-- When a view of a streaming job was last shed or recovered: replicas do so one after the other.
create table stream_shedding (
    project  varchar(63) not null,
    source   varchar(63) not null,
    delivery varchar(32) not null,
    acted_at timestamp with time zone not null,
    primary key (project, source, delivery)
);
