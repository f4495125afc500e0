"""The tables of a class in PostgreSQL, who may do what with them, and how they came to be.

A learner adds rows and reads his or her own, through three functions and no other way; a teacher reads all; nobody changes or
deletes one. Whose a row is, the connection decides: `session_user`, which no `SET ROLE` alters. What reports are made of is
counted as answers arrive (`class_counting.py`).
"""

LEARNER, TEACHER = "tutor_learner", "tutor_teacher"
"The roles that the people's own database users are members of; they cannot log in themselves."

COLUMNS = {
    "id": "text",
    "number": "bigint",
    "at": "timestamptz",
    "lesson": "text",
    "exercise": "text",
    "seed": "bigint",
    "text": "text",
    "verdict": "text",
    "slips": "text[]",
    "hints": "bigint",
    "solution_shown": "boolean",
    "seconds": "double precision",
    "version": "text",
}
"What a learner may fill in, with its type; `number` is the place in the journal it comes from, which orders one second."

_ROLES = "".join(
    f"""
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
        CREATE ROLE {role} NOLOGIN;
    END IF;"""
    for role in (LEARNER, TEACHER)
)

_ANSWERS = """
CREATE SCHEMA tutor;

CREATE TABLE tutor.class (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version integer NOT NULL
);

CREATE TABLE tutor.answers (
    learner text NOT NULL DEFAULT session_user,
    id text NOT NULL CHECK (length(id) <= 100),
    number bigint NOT NULL,
    at timestamptz NOT NULL CHECK (at >= '0001-01-02Z' AND at < '9999-12-30Z'),
    lesson text NOT NULL CHECK (length(lesson) <= 200),
    exercise text NOT NULL CHECK (length(exercise) <= 200),
    seed bigint,
    text text NOT NULL CHECK (length(text) <= 20000),
    verdict text CHECK (length(verdict) <= 40),
    slips text[] NOT NULL CHECK (length(slips::text) <= 400),
    hints bigint NOT NULL,
    solution_shown boolean NOT NULL,
    seconds double precision NOT NULL,
    version text NOT NULL CHECK (length(version) <= 40),
    received timestamptz NOT NULL DEFAULT now(),
    -- By id first: it finds what is there already, and who else has the same answer.
    PRIMARY KEY (id, learner)
);
CREATE INDEX answers_of_learner ON tutor.answers (learner, at, number);

-- One row a learner, so that a report need not read every answer that was ever given.
CREATE TABLE tutor.tallies (
    learner text PRIMARY KEY,
    answers bigint NOT NULL DEFAULT 0,
    seconds double precision NOT NULL DEFAULT 0,
    last timestamptz,
    exercises json NOT NULL DEFAULT '[]'
);

CREATE TABLE tutor.shared (
    one text NOT NULL,
    other text NOT NULL,
    answers bigint NOT NULL,
    PRIMARY KEY (one, other)
);
"""

# As it was at first; `class_counting.py` has what takes its place.
_TALLY = """
CREATE FUNCTION tutor.exercises_of(whose text) RETURNS json
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH ordered AS (
        SELECT *, row_number() OVER (ORDER BY at, number, id) AS place FROM tutor.answers WHERE learner = whose
    ), made AS (
        SELECT lesson, exercise, json_object_agg(slip, times) AS slips
        FROM (
            SELECT lesson, exercise, slips[1] AS slip, count(*) AS times
            FROM ordered WHERE slips[1] IS NOT NULL GROUP BY lesson, exercise, slips[1]
        ) AS each
        GROUP BY lesson, exercise
    ), done AS (
        SELECT lesson, exercise, count(*) AS answers, min(place) AS place,
            (array_agg((verdict = 'correct' AND hints = 0 AND NOT solution_shown)::integer ORDER BY place)
                FILTER (WHERE verdict IN ('correct', 'incorrect')))[1] AS first,
            coalesce(bool_or(verdict = 'correct'), false) AS is_right
        FROM ordered GROUP BY lesson, exercise
        ORDER BY min(place) LIMIT 5000
    )
    SELECT coalesce(json_agg(json_build_array(
        lesson, exercise, answers, first, is_right, coalesce(slips, '{}')) ORDER BY place), '[]')
    FROM done LEFT JOIN made USING (lesson, exercise)
$$;

CREATE FUNCTION tutor.seconds_of(whose text) RETURNS double precision
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(sum(greatest(0, least(seconds, extract(epoch FROM at - before)::double precision, 600))), 0)
    FROM (
        SELECT at, seconds, lag(at) OVER (ORDER BY at, number, id) AS before FROM tutor.answers WHERE learner = whose
    ) AS ordered
$$;

CREATE FUNCTION tutor.count_again(whose text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO tutor.tallies (learner) VALUES (whose) ON CONFLICT DO NOTHING;
    -- Whoever else sends answers of the same learner waits here, and then counts these too.
    PERFORM FROM tutor.tallies WHERE learner = whose FOR UPDATE;
    UPDATE tutor.tallies SET
        (answers, last) = (SELECT count(*), max(at) FROM tutor.answers WHERE learner = whose),
        seconds = tutor.seconds_of(whose),
        exercises = tutor.exercises_of(whose)
    WHERE learner = whose;
END $$;

CREATE FUNCTION tutor.count_fresh() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM tutor.count_again(learner) FROM (SELECT DISTINCT learner FROM fresh ORDER BY learner) AS learners;
    INSERT INTO tutor.shared AS known (one, other, answers)
        SELECT least(mine.learner, theirs.learner), greatest(mine.learner, theirs.learner), count(*)
        FROM fresh AS mine JOIN tutor.answers AS theirs ON theirs.id = mine.id AND theirs.learner <> mine.learner
        GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (one, other) DO UPDATE SET answers = known.answers + excluded.answers;
    RETURN NULL;
END $$;

CREATE TRIGGER count_fresh AFTER INSERT ON tutor.answers
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tutor.count_fresh();

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA tutor FROM PUBLIC;
"""

_RIGHTS = f"""
GRANT USAGE ON SCHEMA tutor TO {LEARNER}, {TEACHER};
GRANT SELECT ON tutor.class, tutor.answers, tutor.tallies TO {LEARNER}, {TEACHER};
GRANT SELECT ON tutor.shared TO {TEACHER};
GRANT INSERT ({", ".join(COLUMNS)}) ON tutor.answers TO {LEARNER};

ALTER TABLE tutor.answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE tutor.tallies ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_added ON tutor.answers FOR INSERT TO {LEARNER} WITH CHECK (learner = session_user::text);
CREATE POLICY own_read ON tutor.answers FOR SELECT TO {LEARNER} USING (learner = session_user::text);
CREATE POLICY own_read ON tutor.tallies FOR SELECT TO {LEARNER} USING (learner = session_user::text);
CREATE POLICY all_read ON tutor.answers FOR SELECT TO {TEACHER} USING (true);
CREATE POLICY all_read ON tutor.tallies FOR SELECT TO {TEACHER} USING (true);
"""

_NAMES = f"""
-- What the teacher's list and the gradebook call a learner.
CREATE TABLE tutor.names (
    learner text PRIMARY KEY CHECK (length(learner) <= 200),
    name text NOT NULL CHECK (length(name) <= 200),
    login text NOT NULL DEFAULT '' CHECK (length(login) <= 200)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON tutor.names TO {TEACHER};
"""

_DEFINED = ", ".join(f"{name} {type}" for name, type in COLUMNS.items())
_NAMED = ", ".join(COLUMNS)

_BY_FUNCTIONS = f"""
-- Whoever may read a table under row-level security reads more than the rows: EXPLAIN ANALYZE tells how many of the others'
-- lie between any two keys. A function is closed to that, and to any condition of one's own.
REVOKE ALL ON tutor.answers, tutor.tallies FROM {LEARNER};

CREATE FUNCTION tutor.missing(mine text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM unnest(mine) AS given (id) WHERE NOT EXISTS
        (SELECT FROM tutor.answers AS there WHERE there.id = given.id AND there.learner = session_user::text)
$$;

CREATE FUNCTION tutor.add(given json) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    added bigint;
BEGIN
    INSERT INTO tutor.answers (learner, {_NAMED}) SELECT session_user::text, {_NAMED}
        FROM json_to_recordset(given) AS each ({_DEFINED}) ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;
    RETURN added;
END $$;

CREATE FUNCTION tutor.mine() RETURNS SETOF tutor.answers
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT * FROM tutor.answers WHERE learner = session_user::text ORDER BY at, number, id
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA tutor FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tutor.missing(text[]), tutor.add(json), tutor.mine() TO {LEARNER};

-- A batch counts only the exercises that it has answers to.
CREATE INDEX answers_to_exercise ON tutor.answers (learner, lesson, exercise);
DROP FUNCTION tutor.exercises_of(text);
DROP FUNCTION tutor.seconds_of(text);
"""

MIGRATIONS = (f"DO $roles$ BEGIN{_ROLES}\nEND $roles$;\n{_ANSWERS}\n{_TALLY}\n{_RIGHTS}", _NAMES, _BY_FUNCTIONS)
"""Never edit one that was published: add the next. `tutor.class` holds how many of them a database has been through.

None may take away the functions that `push.py` calls, nor ask more of it: the machines of learners are updated at another time.
"""

SENT_THROUGH_FUNCTIONS = 3
"The version since which that is so; before it, what was sent went into the table."
