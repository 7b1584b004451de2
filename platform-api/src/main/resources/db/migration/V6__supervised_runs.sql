-- What a run's supervisor writes while its process lives.
-- project/source while the run is RUNNING, else null: of a source no two are, whoever starts them.
alter table batch_run add column running_key varchar(255);
-- By the database's clock: since then the process may go on for a lease.
alter table batch_run add column renewed_at timestamp with time zone;
alter table batch_run add column cancel_wanted_at timestamp with time zone;
-- How far the newest attempt is, as its driver wrote it.
alter table batch_run add column progress_json text;
update batch_run set running_key = project || '/' || source where state = 'RUNNING';
create unique index batch_run_running on batch_run (running_key);
