"""How the database of a class counts answers, as they arrive, into the tallies that reports are made of: SQL, no more.

The rules are those of `tally.py` and `learners.seconds_spent`, whose figures are put in from there; a test holds the two to
one another. A batch counts the exercises anew that it has answers to, and the seconds around the times that it is of.
"""

from typing import Final

from tutor.classroom.learners import LONGEST
from tutor.marking.verdict import Outcome

MOST_EXERCISES: Final = 5000
"Of one learner: whoever makes up ids by the thousand makes no report slow."

_ATTEMPTS = ", ".join(f"'{outcome.value}'" for outcome in Outcome if outcome.is_attempt)
_CORRECT = f"'{Outcome.CORRECT.value}'"

COUNTING: Final = f"""
-- What a learner did on some exercises: arrays as `ExerciseTally` is one.
CREATE OR REPLACE FUNCTION tutor.counted(whose text, lessons text[], exercises text[]) RETURNS SETOF json
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH touched AS (
        SELECT DISTINCT lesson, exercise FROM unnest(lessons, exercises) AS each (lesson, exercise)
    ), ordered AS (
        SELECT lesson, exercise, verdict, slips[1] AS slip, hints, solution_shown,
            row_number() OVER (ORDER BY at, number, id) AS place
        FROM touched JOIN tutor.answers USING (lesson, exercise) WHERE learner = whose
    ), made AS (
        SELECT lesson, exercise, json_object_agg(slip, times) AS slips
        FROM (
            SELECT lesson, exercise, slip, count(*) AS times
            FROM ordered WHERE slip IS NOT NULL GROUP BY lesson, exercise, slip
        ) AS each
        GROUP BY lesson, exercise
    ), done AS (
        SELECT lesson, exercise, count(*) AS answers,
            (array_agg((verdict = {_CORRECT} AND hints = 0 AND NOT solution_shown)::integer ORDER BY place)
                FILTER (WHERE verdict IN ({_ATTEMPTS})))[1] AS first,
            coalesce(bool_or(verdict = {_CORRECT} AND NOT solution_shown), false) AS alone,
            coalesce(bool_or(verdict = {_CORRECT}), false) AS at_all,
            bool_or(hints > 0) AS hinted
        FROM ordered GROUP BY lesson, exercise
    )
    SELECT json_build_array(
        lesson, exercise, answers, first, alone, at_all AND NOT alone, hinted, coalesce(slips, '{{}}'))
    FROM done LEFT JOIN made USING (lesson, exercise) ORDER BY lesson, exercise
$$;

-- The seconds that the answers between two moments took, but for those whose ids are keys of `without`.
-- An object's keys are found by halving; joined with an array, a year of answers took minutes.
CREATE OR REPLACE FUNCTION tutor.seconds_between(whose text, low timestamptz, high timestamptz, without jsonb)
RETURNS double precision
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(sum(greatest(0, least(seconds, extract(epoch FROM at - before)::double precision, {LONGEST}))), 0)
    FROM (
        SELECT at, seconds, lag(at) OVER (ORDER BY at, number, id) AS before
        FROM tutor.answers WHERE learner = whose AND at BETWEEN low AND high AND NOT without ? id
    ) AS ordered
$$;

-- Count what has arrived from a learner: a value for each answer in each of the arrays.
CREATE OR REPLACE FUNCTION tutor.count_in(whose text, ids text[], ats timestamptz[], in_lessons text[], to_exercises text[])
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    low timestamptz := (SELECT min(at) FROM unnest(ats) AS each (at));
    high timestamptz := (SELECT max(at) FROM unnest(ats) AS each (at));
    latest timestamptz := high;
BEGIN
    INSERT INTO tutor.tallies (learner) VALUES (whose) ON CONFLICT DO NOTHING;
    -- Whoever else sends answers of the same learner waits here, and then counts these too.
    PERFORM FROM tutor.tallies WHERE learner = whose FOR UPDATE;
    -- An answer's seconds depend on the one before, so what has arrived changes those of the next one at most.
    low := coalesce((SELECT max(at) FROM tutor.answers WHERE learner = whose AND at < low), low);
    high := coalesce((SELECT min(at) FROM tutor.answers WHERE learner = whose AND at > high), high);
    UPDATE tutor.tallies AS known SET
        answers = known.answers + cardinality(ids),
        last = greatest(known.last, latest),
        seconds = known.seconds
            + tutor.seconds_between(whose, low, high, '{{}}')
            - tutor.seconds_between(whose, low, high, jsonb_object(ids, ids)),
        exercises = (
            SELECT coalesce(json_agg(each), '[]')
            FROM (
                SELECT each FROM json_array_elements(known.exercises) AS before (each)
                WHERE (each ->> 0, each ->> 1) NOT IN (SELECT DISTINCT * FROM unnest(in_lessons, to_exercises) AS touched)
                UNION ALL SELECT each FROM tutor.counted(whose, in_lessons, to_exercises) AS now (each)
                LIMIT {MOST_EXERCISES}
            ) AS all_of_them
        )
    WHERE learner = whose;
END $$;

CREATE OR REPLACE FUNCTION tutor.count_again(whose text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE tutor.tallies SET answers = 0, seconds = 0, last = NULL, exercises = '[]' WHERE learner = whose;
    PERFORM tutor.count_in(
        whose, coalesce(array_agg(id), '{{}}'), array_agg(at), array_agg(lesson), array_agg(exercise))
    FROM tutor.answers WHERE learner = whose;
END $$;

CREATE OR REPLACE FUNCTION tutor.count_fresh() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM tutor.count_in(learner, ids, ats, lessons, exercises)
    FROM (
        SELECT learner, array_agg(id) AS ids, array_agg(at) AS ats, array_agg(lesson) AS lessons,
            array_agg(exercise) AS exercises
        FROM fresh GROUP BY learner ORDER BY learner
    ) AS learners;
    INSERT INTO tutor.shared AS known (one, other, answers)
        SELECT least(mine.learner, theirs.learner), greatest(mine.learner, theirs.learner), count(*)
        FROM fresh AS mine JOIN tutor.answers AS theirs ON theirs.id = mine.id AND theirs.learner <> mine.learner
        GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (one, other) DO UPDATE SET answers = known.answers + excluded.answers;
    RETURN NULL;
END $$;

-- Only an administrator removes rows; those that are left are counted again.
CREATE OR REPLACE FUNCTION tutor.count_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM tutor.count_again(learner) FROM (SELECT DISTINCT learner FROM gone ORDER BY learner) AS learners;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS count_gone ON tutor.answers;
CREATE TRIGGER count_gone AFTER DELETE ON tutor.answers
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION tutor.count_gone();

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA tutor FROM PUBLIC;
"""
"""Made anew, and everybody counted again, whenever a database is brought to a newer version. So where a rule changes, a migration
must be added, be it one that does nothing; a test insists on that."""

COUNT_ALL: Final = "SELECT tutor.count_again(learner) FROM tutor.tallies"
