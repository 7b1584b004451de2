-- The part of the reconciler's table that registrations read.
create table if not exists streaming_job (
    project      varchar(63)              not null,
    source       varchar(63)              not null,
    delivery     varchar(32)              not null,
    generation   bigint                   not null,
    attempt      int                      not null,
    job_id       varchar(32)              not null,
    state        varchar(16)              not null,
    plan_json    text                     not null,
    requested_at timestamp with time zone not null,
    updated_at   timestamp with time zone not null,
    primary key (project, source, delivery)
);
