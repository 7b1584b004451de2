-- The streaming job of a source and delivery guarantee: what was asked for, stored before it is
-- asked of the cluster. Rows stay when a job is cancelled, so that no generation comes twice.
create table streaming_job (
    project      varchar(63)              not null,
    source       varchar(63)              not null,
    delivery     varchar(32)              not null,
    -- Begins when the first streaming view comes; milliseconds, so that it is never used again.
    generation   bigint                   not null,
    -- From 1; one more for every time the job was lost or failed for good.
    attempt      int                      not null,
    -- Derived from all of the above.
    job_id       varchar(32)              not null,
    -- REQUESTED, RUNNING, CANCELLING or CANCELLED. No check says so, nor for the columns like it:
    -- H2 cannot evaluate one with a list of values once the session that made it is closed.
    state        varchar(16)              not null,
    plan_json    text                     not null,
    -- The checkpoint that the attempt starts from; null for a start from the earliest event.
    savepoint    text,
    -- Why it is not running, as far as is known.
    problem      text,
    requested_at timestamp with time zone not null,
    updated_at   timestamp with time zone not null,
    primary key (project, source, delivery)
);

-- A run of the batch engine, stored before its process is started. It is also the operation that a
-- user asks about.
create table batch_run (
    id           varchar(64)              not null primary key,
    project      varchar(63)              not null,
    source       varchar(63)              not null,
    -- A tier's name, or 'new' for views of any tier that no run had yet.
    tier         varchar(16)              not null,
    cause        varchar(16)              not null,
    state        varchar(16)              not null,
    -- Milliseconds since the epoch; null until a run for new views starts.
    as_of        bigint,
    -- Processes started so far.
    attempt      int                      not null,
    -- Of the versions that the newest attempt writes.
    sequence     int                      not null,
    not_before   timestamp with time zone not null,
    requested_at timestamp with time zone not null,
    started_at   timestamp with time zone,
    finished_at  timestamp with time zone,
    -- The process of the newest attempt: known again after a crash by host, id and start.
    host         varchar(255),
    pid          bigint,
    pid_started  bigint,
    plan_json    text,
    result_json  text,
    problem      text,
    -- A tick is run once, whoever notices it first; null for other causes, which may repeat.
    tick_key     varchar(255)
);
create index batch_run_by_source on batch_run (project, source, state);
create unique index batch_run_tick on batch_run (tick_key);

-- The newest as-of time that a run of each view was started for, successful or not.
create table batch_view (
    view  int    not null primary key,
    as_of bigint not null
);

-- db-scheduler's table, as its version wants it.
create table scheduled_tasks (
    task_name            varchar(100)             not null,
    task_instance        varchar(200)             not null,
    task_data            bytea,
    execution_time       timestamp with time zone not null,
    picked               boolean                  not null,
    picked_by            varchar(100),
    last_success         timestamp with time zone,
    last_failure         timestamp with time zone,
    consecutive_failures int,
    last_heartbeat       timestamp with time zone,
    version              bigint                   not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_by_time on scheduled_tasks (execution_time);
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat);
