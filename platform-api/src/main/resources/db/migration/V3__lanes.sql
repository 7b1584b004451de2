-- Lanes: each is one computation of a view's version by the streaming engine, from its start to its
-- end. Numbers are of the sequence view_number; the first lane of a version has the version's own.
create table lane (
    lane        int                      not null primary key,
    -- The number of the view's version.
    view        int                      not null,
    project     varchar(63)              not null,
    source      varchar(63)              not null,
    -- BoundView: of its view, how this lane computes it.
    bound       text                     not null,
    epoch       int                      not null,
    -- BOOTSTRAPPING or LIVE.
    phase       varchar(16)              not null,
    shedding    boolean                  not null,
    -- How far the hand-over of its history is: CUT, HISTORY, SETTLING or DONE.
    step        varchar(16)              not null,
    -- Why there is the lane.
    reason      text                     not null,
    -- By partition of the source's topic, the offset of the first record that it counts; null until
    -- the stream has said so of all, and for ever if it counts all events.
    cut         text,
    -- The batch run that hands its history over, and what that sent.
    run         varchar(64),
    events      bigint,
    entity_keys bigint,
    waiting_for text,
    began_at    timestamp with time zone not null,
    step_at     timestamp with time zone not null,
    live_at     timestamp with time zone,
    ended_at    timestamp with time zone
);
create index lane_by_view on lane (view);
create index lane_by_source on lane (project, source, ended_at);

-- The lane that a view is served by, if it is served by the streaming engine, and the plan by which
-- a view that leaves that engine will be served once a batch run of it has succeeded. A version's
-- features never change, but how they are materialized does.
alter table view_version add column lane int;
alter table view_version add column next_plan text;

-- The epoch of the newest run of a view: a run of an earlier one says nothing of the present.
alter table batch_view add column epoch int default 1 not null;
-- The newest epoch that a run of the view has succeeded in.
alter table batch_view add column done_epoch int default 0 not null;
