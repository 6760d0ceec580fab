-- The tables of the reference warehouse: dimensions, waves, the facts of the
-- three substudies. Run by nuso.create_warehouse in the schema of its choice,
-- so warehouse names are not qualified here.
--
-- NULL in a fact means: not known. Never "no".


-- Places ---------------------------------------------------------------------

CREATE TABLE county (
    county_code text CONSTRAINT county_pkey PRIMARY KEY,
    name        text NOT NULL,
    CONSTRAINT county_code_two_digits CHECK (county_code ~ '^[0-9]{2}$')
);
COMMENT ON TABLE county IS 'Counties (län). Load the official list; nothing is shipped.';
COMMENT ON COLUMN county.county_code IS 'Official county code (länskod), two digits as text: the leading zero matters.';
COMMENT ON COLUMN county.name IS 'Name of the county.';

CREATE TABLE municipality (
    municipality_code text CONSTRAINT municipality_pkey PRIMARY KEY,
    name              text NOT NULL,
    county_code       text NOT NULL
        CONSTRAINT municipality_in_county REFERENCES county,
    CONSTRAINT municipality_code_four_digits
        CHECK (municipality_code ~ '^[0-9]{4}$'),
    CONSTRAINT municipality_code_begins_with_county
        CHECK (substr(municipality_code, 1, 2) = county_code)
);
COMMENT ON TABLE municipality IS 'Municipalities (kommuner). Load the official list; nothing is shipped.';
COMMENT ON COLUMN municipality.municipality_code IS 'Official municipality code (kommunkod), four digits as text; the first two are the county.';
COMMENT ON COLUMN municipality.name IS 'Name of the municipality.';
COMMENT ON COLUMN municipality.county_code IS 'County of the municipality.';
CREATE INDEX municipality_county_code ON municipality (county_code);

CREATE TABLE municipality_group (
    code text CONSTRAINT municipality_group_pkey PRIMARY KEY,
    main text NOT NULL,
    name text NOT NULL,
    CONSTRAINT municipality_group_code_form CHECK (code ~ '^[A-Z][0-9]$'),
    CONSTRAINT municipality_group_code_begins_with_main
        CHECK (substr(code, 1, 1) = main)
);
COMMENT ON TABLE municipality_group IS 'Municipality groups (kommungruppsindelning): nine groups in three main groups, codes and names of the editions 2017 and 2023.';
COMMENT ON COLUMN municipality_group.code IS 'Code of the group, A1 to C9. Match on the code, not on the name.';
COMMENT ON COLUMN municipality_group.main IS 'Main group: A, B or C.';
COMMENT ON COLUMN municipality_group.name IS 'Name of the group in Swedish.';

CREATE TABLE municipality_group_member (
    municipality_code text NOT NULL
        CONSTRAINT member_is_municipality REFERENCES municipality,
    edition           integer NOT NULL,
    code              text NOT NULL
        CONSTRAINT member_of_group REFERENCES municipality_group,
    valid_from        date NOT NULL,
    valid_to          date,
    CONSTRAINT municipality_group_member_pkey
        PRIMARY KEY (municipality_code, edition, valid_from),
    CONSTRAINT member_period_in_order CHECK (valid_to > valid_from)
);
COMMENT ON TABLE municipality_group_member IS 'Which group a municipality belongs to, and when. Load the official membership.';
COMMENT ON COLUMN municipality_group_member.municipality_code IS 'The municipality.';
COMMENT ON COLUMN municipality_group_member.edition IS 'Year of the edition of the grouping, as 2023.';
COMMENT ON COLUMN municipality_group_member.code IS 'The group.';
COMMENT ON COLUMN municipality_group_member.valid_from IS 'First day of the membership.';
COMMENT ON COLUMN municipality_group_member.valid_to IS 'Day after the last day of the membership; NULL while it lasts.';
CREATE INDEX municipality_group_member_code ON municipality_group_member (code);

CREATE TABLE unit (
    unit_id           integer CONSTRAINT unit_pkey PRIMARY KEY,
    unit_code         text NOT NULL CONSTRAINT unit_code_unique UNIQUE,
    municipality_code text NOT NULL
        CONSTRAINT unit_in_municipality REFERENCES municipality,
    kind              text NOT NULL,
    name              text NOT NULL,
    size_class        integer NOT NULL,
    pop               integer,
    in_d1             boolean NOT NULL DEFAULT true,
    in_d2             boolean NOT NULL DEFAULT true,
    in_d3             boolean NOT NULL DEFAULT true,
    d2_mode           text,
    CONSTRAINT unit_kind
        CHECK (kind IN ('municipality', 'district', 'administration')),
    CONSTRAINT unit_size_class_1_to_4 CHECK (size_class BETWEEN 1 AND 4),
    CONSTRAINT unit_pop_not_negative CHECK (pop >= 0),
    CONSTRAINT unit_d2_mode CHECK (d2_mode IN ('individual', 'aggregate'))
);
COMMENT ON TABLE unit IS 'Reporting units: municipalities, or the districts and administrations of large ones.';
COMMENT ON COLUMN unit.unit_id IS 'Key of the unit in this warehouse; no official series covers districts.';
COMMENT ON COLUMN unit.unit_code IS 'Code by which files name the unit: the municipality code, or an own code for a district.';
COMMENT ON COLUMN unit.municipality_code IS 'Municipality that the unit is or belongs to.';
COMMENT ON COLUMN unit.kind IS 'municipality, district (stadsdel) or administration (förvaltning).';
COMMENT ON COLUMN unit.name IS 'Name of the unit.';
COMMENT ON COLUMN unit.size_class IS 'Inhabitants of the municipality: 1 more than 100 000, 2 40 001 to 100 000, 3 20 001 to 40 000, 4 at most 20 000.';
COMMENT ON COLUMN unit.pop IS 'Inhabitants of the unit; NULL if not known.';
COMMENT ON COLUMN unit.in_d1 IS 'Takes part in substudy 1: investigations and interventions.';
COMMENT ON COLUMN unit.in_d2 IS 'Takes part in substudy 2: services without needs test.';
COMMENT ON COLUMN unit.in_d3 IS 'Takes part in substudy 3: referrals.';
COMMENT ON COLUMN unit.d2_mode IS 'How substudy 2 is delivered: individual (rows of service) or aggregate (counts in service_aggregate); NULL if it takes no part.';
CREATE INDEX unit_municipality_code ON unit (municipality_code);

CREATE TABLE unit_context (
    unit_id              integer NOT NULL
        CONSTRAINT context_of_unit REFERENCES unit,
    year                 integer NOT NULL,
    staff_experience_pct double precision,
    child_families       integer,
    median_income        integer,
    foreign_bg_pct       double precision,
    ek_bistand_pct       double precision,
    pop_0_17             integer,
    CONSTRAINT unit_context_pkey PRIMARY KEY (unit_id, year),
    CONSTRAINT context_percentages CHECK (
        staff_experience_pct BETWEEN 0 AND 100
        AND foreign_bg_pct BETWEEN 0 AND 100
        AND ek_bistand_pct BETWEEN 0 AND 100),
    CONSTRAINT context_counts_not_negative
        CHECK (child_families >= 0 AND median_income >= 0 AND pop_0_17 >= 0)
);
COMMENT ON TABLE unit_context IS 'Joined context of a unit and year: staff and demography. NULL where not known.';
COMMENT ON COLUMN unit_context.unit_id IS 'The unit.';
COMMENT ON COLUMN unit_context.year IS 'Calendar year.';
COMMENT ON COLUMN unit_context.staff_experience_pct IS 'Caseworkers with at least three years in child welfare, per cent.';
COMMENT ON COLUMN unit_context.child_families IS 'Families with children, number.';
COMMENT ON COLUMN unit_context.median_income IS 'Median disposable household income, thousand SEK a year.';
COMMENT ON COLUMN unit_context.foreign_bg_pct IS 'Inhabitants with foreign background, per cent.';
COMMENT ON COLUMN unit_context.ek_bistand_pct IS 'Children in families with economic assistance, per cent.';
COMMENT ON COLUMN unit_context.pop_0_17 IS 'Inhabitants of 0 to 17 years, number.';


-- Waves ----------------------------------------------------------------------

CREATE TABLE wave (
    wave      text CONSTRAINT wave_pkey PRIMARY KEY,
    source    text NOT NULL,
    synthetic boolean NOT NULL DEFAULT false,
    profile_scheme text NOT NULL DEFAULT 'demo',
    d1_from   date,
    d1_to     date,
    d2_from   date,
    d2_to     date,
    d3_from   date,
    d3_to     date,
    CONSTRAINT wave_periods_in_order
        CHECK (d1_to >= d1_from AND d2_to >= d2_from AND d3_to >= d3_from)
);
COMMENT ON TABLE wave IS 'Rounds of data collection: where the rows come from and which days they cover.';
COMMENT ON COLUMN wave.wave IS 'Name of the round; every report view gives it.';
COMMENT ON COLUMN wave.source IS 'Where the rows come from, in words.';
COMMENT ON COLUMN wave.synthetic IS 'True if the rows describe no real child.';
COMMENT ON COLUMN wave.profile_scheme IS 'Scheme by which the views classify its investigations (nuso.profile_scheme): a name, or name@version.';
COMMENT ON COLUMN wave.d1_from IS 'First day of closing, investigations.';
COMMENT ON COLUMN wave.d1_to IS 'Last day of closing, investigations.';
COMMENT ON COLUMN wave.d2_from IS 'First day of start, services without needs test.';
COMMENT ON COLUMN wave.d2_to IS 'Last day of start, services without needs test.';
COMMENT ON COLUMN wave.d3_from IS 'First day, referrals.';
COMMENT ON COLUMN wave.d3_to IS 'Last day, referrals.';


-- Code lists -----------------------------------------------------------------

CREATE TABLE referral_type (
    code     text CONSTRAINT referral_type_pkey PRIMARY KEY,
    position integer NOT NULL,
    label_sv text NOT NULL,
    label_en text NOT NULL
);
COMMENT ON TABLE referral_type IS 'How a circumstance comes to the knowledge of the board.';
COMMENT ON COLUMN referral_type.code IS 'Code that the facts carry.';
COMMENT ON COLUMN referral_type.position IS 'Order in which tables list it.';
COMMENT ON COLUMN referral_type.label_sv IS 'Swedish label.';
COMMENT ON COLUMN referral_type.label_en IS 'English label.';

CREATE TABLE referral_reason (
    code     text CONSTRAINT referral_reason_pkey PRIMARY KEY,
    position integer NOT NULL,
    label_sv text NOT NULL,
    label_en text NOT NULL
);
COMMENT ON TABLE referral_reason IS 'Common reasons of referral, to which local reasons are mapped.';
COMMENT ON COLUMN referral_reason.code IS 'Code that the facts carry.';
COMMENT ON COLUMN referral_reason.position IS 'Order in which tables list it.';
COMMENT ON COLUMN referral_reason.label_sv IS 'Swedish label.';
COMMENT ON COLUMN referral_reason.label_en IS 'English label.';

CREATE TABLE referral_decision (
    code     text CONSTRAINT referral_decision_pkey PRIMARY KEY,
    position integer NOT NULL,
    label_sv text NOT NULL,
    label_en text NOT NULL
);
COMMENT ON TABLE referral_decision IS 'What a referral leads to.';
COMMENT ON COLUMN referral_decision.code IS 'Code that the facts carry.';
COMMENT ON COLUMN referral_decision.position IS 'Order in which tables list it.';
COMMENT ON COLUMN referral_decision.label_sv IS 'Swedish label.';
COMMENT ON COLUMN referral_decision.label_en IS 'English label.';

CREATE TABLE intervention_type (
    code     text CONSTRAINT intervention_type_pkey PRIMARY KEY,
    position integer NOT NULL,
    label_sv text NOT NULL,
    label_en text NOT NULL
);
COMMENT ON TABLE intervention_type IS 'Types of granted intervention (insats).';
COMMENT ON COLUMN intervention_type.code IS 'Code that the facts carry.';
COMMENT ON COLUMN intervention_type.position IS 'Order in which tables list it.';
COMMENT ON COLUMN intervention_type.label_sv IS 'Swedish label.';
COMMENT ON COLUMN intervention_type.label_en IS 'English label.';

CREATE TABLE handover_type (
    code     text CONSTRAINT handover_type_pkey PRIMARY KEY,
    position integer NOT NULL,
    label_sv text NOT NULL,
    label_en text NOT NULL
);
COMMENT ON TABLE handover_type IS 'Receivers of a handover (hänvisning).';
COMMENT ON COLUMN handover_type.code IS 'Code that the facts carry.';
COMMENT ON COLUMN handover_type.position IS 'Order in which tables list it.';
COMMENT ON COLUMN handover_type.label_sv IS 'Swedish label.';
COMMENT ON COLUMN handover_type.label_en IS 'English label.';

CREATE TABLE service_type (
    code     text CONSTRAINT service_type_pkey PRIMARY KEY,
    position integer NOT NULL,
    label_sv text NOT NULL,
    label_en text NOT NULL
);
COMMENT ON TABLE service_type IS 'Types of service without needs test (insats utan biståndsprövning); also the kinds of handover to them.';
COMMENT ON COLUMN service_type.code IS 'Code that the facts carry.';
COMMENT ON COLUMN service_type.position IS 'Order in which tables list it.';
COMMENT ON COLUMN service_type.label_sv IS 'Swedish label.';
COMMENT ON COLUMN service_type.label_en IS 'English label.';

CREATE TABLE local_reason (
    unit_id      integer NOT NULL
        CONSTRAINT local_reason_of_unit REFERENCES unit,
    reason_local text NOT NULL,
    reason_code  text NOT NULL
        CONSTRAINT local_reason_maps_to REFERENCES referral_reason,
    CONSTRAINT local_reason_pkey PRIMARY KEY (unit_id, reason_local)
);
COMMENT ON TABLE local_reason IS 'Map from the reasons that a unit uses to the common ones.';
COMMENT ON COLUMN local_reason.unit_id IS 'The unit.';
COMMENT ON COLUMN local_reason.reason_local IS 'Reason as the unit writes it.';
COMMENT ON COLUMN local_reason.reason_code IS 'Common reason.';
CREATE INDEX local_reason_reason_code ON local_reason (reason_code);


-- Substudy 3: referrals ------------------------------------------------------

CREATE TABLE referral (
    referral_id     bigint NOT NULL CONSTRAINT referral_pkey PRIMARY KEY,
    wave            text NOT NULL CONSTRAINT referral_in_wave REFERENCES wave,
    unit_id         integer NOT NULL
        CONSTRAINT referral_of_unit REFERENCES unit,
    child_pseudonym text,
    ref_date        date NOT NULL,
    sex             text,
    age             integer,
    type            text NOT NULL
        CONSTRAINT referral_has_type REFERENCES referral_type,
    reason_local    text,
    reason_code     text
        CONSTRAINT referral_has_reason REFERENCES referral_reason,
    decision        text
        CONSTRAINT referral_has_decision REFERENCES referral_decision,
    CONSTRAINT referral_sex CHECK (sex IN ('girl', 'boy')),
    CONSTRAINT referral_age_0_to_20 CHECK (age BETWEEN 0 AND 20)
);
COMMENT ON TABLE referral IS 'Referrals (aktualiseringar), one row each: substudy 3.';
COMMENT ON COLUMN referral.referral_id IS 'Key of the referral.';
COMMENT ON COLUMN referral.wave IS 'Round of data collection.';
COMMENT ON COLUMN referral.unit_id IS 'Unit that received it.';
COMMENT ON COLUMN referral.child_pseudonym IS 'Pseudonym that joins referrals of one child within a unit; NULL if not delivered. Never a personal identity number.';
COMMENT ON COLUMN referral.ref_date IS 'Day of the referral, or the first of its month if only the month is known.';
COMMENT ON COLUMN referral.sex IS 'Legal sex: girl or boy; NULL not known.';
COMMENT ON COLUMN referral.age IS 'Age in whole years, 0 to 20; NULL not known (as before birth).';
COMMENT ON COLUMN referral.type IS 'How it came (code list referral_type).';
COMMENT ON COLUMN referral.reason_local IS 'Reason as the unit writes it; NULL if not delivered.';
COMMENT ON COLUMN referral.reason_code IS 'Common reason (code list referral_reason); NULL if not mapped.';
COMMENT ON COLUMN referral.decision IS 'What it led to (code list referral_decision); NULL not known.';
CREATE INDEX referral_unit_id ON referral (unit_id);


-- Substudy 1: investigations and interventions ------------------------------

-- The columns that every report counts come first: a row is read from its
-- beginning to the last column that is asked for.
CREATE TABLE investigation (
    inv_id                bigint NOT NULL
        CONSTRAINT investigation_pkey PRIMARY KEY,
    factors               bigint,
    factors_observed      bigint,
    unit_id               integer NOT NULL
        CONSTRAINT investigation_of_unit REFERENCES unit,
    age                   integer NOT NULL,
    closed_month          date NOT NULL,
    exposure_home         boolean,
    exposure_own          boolean,
    need                  boolean,
    granted               boolean,
    wave                  text NOT NULL
        CONSTRAINT investigation_in_wave REFERENCES wave,
    exposure              text,
    sex                   text NOT NULL,
    background            text NOT NULL DEFAULT 'unknown',
    residence             text NOT NULL DEFAULT 'unknown',
    diagnosis             boolean,
    own_crime             boolean,
    via_ansokan           boolean NOT NULL,
    via_anmalan           boolean NOT NULL,
    via_annat             boolean NOT NULL,
    earlier_investigation boolean,
    earlier_intervention  boolean,
    interpreter           boolean,
    instrument_used       boolean,
    info_ped              boolean,
    info_med              boolean,
    info_psysoc           boolean,
    info_psy              boolean,
    child_wish_known      boolean,
    shier_1               boolean,
    shier_2               boolean,
    shier_3               boolean,
    shier_4               boolean,
    shier_5               boolean,
    consent_guardian      boolean,
    consent_child         boolean,
    n_talks_child         integer,
    n_talks_individual    integer,
    background_basis      text,
    birth_country_group   text,
    CONSTRAINT investigation_exposure_says_the_same CHECK (
        exposure IS NOT DISTINCT FROM
        CASE WHEN exposure_home IS NULL OR exposure_own IS NULL THEN NULL
             WHEN exposure_home AND exposure_own THEN 'both'
             WHEN exposure_home THEN 'home'
             WHEN exposure_own THEN 'own'
             ELSE 'none' END),
    CONSTRAINT investigation_sex CHECK (sex IN ('girl', 'boy')),
    CONSTRAINT investigation_age_0_to_20 CHECK (age BETWEEN 0 AND 20),
    CONSTRAINT investigation_closed_month_is_first_day
        CHECK (date_trunc('month', closed_month::timestamp) = closed_month),
    CONSTRAINT investigation_background
        CHECK (background IN ('swedish', 'foreign', 'unknown')),
    CONSTRAINT investigation_residence
        CHECK (residence IN ('both_parents', 'alternating', 'single_parent',
                             'other', 'unknown')),
    CONSTRAINT investigation_has_route
        CHECK (via_ansokan OR via_anmalan OR via_annat),
    CONSTRAINT investigation_present_factors_are_observed
        CHECK ((factors & ~ factors_observed) = 0 AND factors >= 0),
    CONSTRAINT investigation_talks_not_negative
        CHECK (n_talks_individual >= 0
               AND n_talks_child >= n_talks_individual)
);
COMMENT ON TABLE investigation IS 'Closed child welfare investigations (utredningar), one row each: substudy 1. Several may concern one child or siblings: rows of a unit are not independent.';
COMMENT ON COLUMN investigation.inv_id IS 'Key of the investigation.';
COMMENT ON COLUMN investigation.wave IS 'Round of data collection.';
COMMENT ON COLUMN investigation.unit_id IS 'Unit that made the investigation.';
COMMENT ON COLUMN investigation.closed_month IS 'First day of the month in which it was closed.';
COMMENT ON COLUMN investigation.sex IS 'Legal sex: girl or boy.';
COMMENT ON COLUMN investigation.age IS 'Age in whole years, 0 to 20.';
COMMENT ON COLUMN investigation.birth_country_group IS 'Country of birth in groups: sweden, other; NULL not known.';
COMMENT ON COLUMN investigation.background IS 'swedish, foreign or unknown; background_basis says by which rule.';
COMMENT ON COLUMN investigation.background_basis IS 'Rule behind background: parents (born abroad, or both parents born abroad) or child (own country of birth alone); NULL not known.';
COMMENT ON COLUMN investigation.residence IS 'Living arrangement: both_parents, alternating (växelvis), single_parent, other or unknown.';
COMMENT ON COLUMN investigation.diagnosis IS 'A diagnosis or disability is known; NULL not known whether.';
COMMENT ON COLUMN investigation.interpreter IS 'An interpreter was needed.';
COMMENT ON COLUMN investigation.via_ansokan IS 'Came by own application (ansökan). Several routes may hold.';
COMMENT ON COLUMN investigation.via_anmalan IS 'Came by report of concern (anmälan). Several routes may hold.';
COMMENT ON COLUMN investigation.via_annat IS 'Came otherwise (annat sätt). Several routes may hold.';
COMMENT ON COLUMN investigation.earlier_investigation IS 'Was investigated before.';
COMMENT ON COLUMN investigation.earlier_intervention IS 'Had an intervention before.';
COMMENT ON COLUMN investigation.n_talks_child IS 'Talks in which the child took part, number.';
COMMENT ON COLUMN investigation.n_talks_individual IS 'Talks with the child alone, number; part of n_talks_child.';
COMMENT ON COLUMN investigation.instrument_used IS 'An assessment instrument was used.';
COMMENT ON COLUMN investigation.info_ped IS 'Information from pedagogical professions (school, preschool) is in the basis for decision.';
COMMENT ON COLUMN investigation.info_med IS 'Information from medical professions is in the basis for decision.';
COMMENT ON COLUMN investigation.info_psysoc IS 'Information from psychosocial professions is in the basis for decision.';
COMMENT ON COLUMN investigation.info_psy IS 'Information from psychological professions is in the basis for decision.';
COMMENT ON COLUMN investigation.child_wish_known IS 'The child''s wishes about a possible intervention are in the basis for decision.';
COMMENT ON COLUMN investigation.shier_1 IS 'Participation, level 1 of Shier (2001): the child is listened to. Five facts, not a score: levels need not be cumulative.';
COMMENT ON COLUMN investigation.shier_2 IS 'Participation, level 2: the child is supported in expressing views.';
COMMENT ON COLUMN investigation.shier_3 IS 'Participation, level 3: the child''s views are taken into account.';
COMMENT ON COLUMN investigation.shier_4 IS 'Participation, level 4: the child is involved in decision-making.';
COMMENT ON COLUMN investigation.shier_5 IS 'Participation, level 5: the child shares power and responsibility for decisions.';
COMMENT ON COLUMN investigation.factors IS 'Risk and protection factors that are present, one bit each (nuso.factor.bit); NULL if factors were not delivered.';
COMMENT ON COLUMN investigation.factors_observed IS 'Factors that were answered at all, one bit each; a present factor is observed.';
COMMENT ON COLUMN investigation.exposure_home IS 'Identified as exposed at home.';
COMMENT ON COLUMN investigation.exposure_own IS 'Identified as exposed through own behaviour.';
COMMENT ON COLUMN investigation.exposure IS 'none, home, own or both: says the same as exposure_home and exposure_own; NULL if either is not known. Stored, because a generated column would cost a third of a load.';
COMMENT ON COLUMN investigation.own_crime IS 'Own crime is part of the investigation.';
COMMENT ON COLUMN investigation.need IS 'A need of intervention was assessed.';
COMMENT ON COLUMN investigation.consent_guardian IS 'The guardians consent to intervention; NULL if none was proposed or not known.';
COMMENT ON COLUMN investigation.consent_child IS 'The child consents to intervention; NULL if none was proposed, too young, or not known.';
COMMENT ON COLUMN investigation.granted IS 'At least one intervention was granted (rows of investigation_intervention).';
CREATE INDEX investigation_unit_id ON investigation (unit_id);

CREATE TABLE investigation_intervention (
    inv_id    bigint NOT NULL
        CONSTRAINT intervention_of_investigation REFERENCES investigation,
    type      text NOT NULL
        CONSTRAINT intervention_has_type REFERENCES intervention_type,
    law       text NOT NULL,
    paragraph text,
    CONSTRAINT investigation_intervention_pkey PRIMARY KEY (inv_id, type)
);
COMMENT ON TABLE investigation_intervention IS 'Interventions granted in an investigation: several are possible.';
COMMENT ON COLUMN investigation_intervention.inv_id IS 'The investigation.';
COMMENT ON COLUMN investigation_intervention.type IS 'Type (code list intervention_type).';
COMMENT ON COLUMN investigation_intervention.law IS 'Act, with its number: a paragraph means nothing without it.';
COMMENT ON COLUMN investigation_intervention.paragraph IS 'Paragraph within the act; NULL not known.';

CREATE TABLE investigation_handover (
    inv_id  bigint NOT NULL
        CONSTRAINT handover_of_investigation REFERENCES investigation,
    type    text NOT NULL
        CONSTRAINT handover_has_type REFERENCES handover_type,
    subtype text NOT NULL DEFAULT 'unspecified'
        CONSTRAINT handover_has_subtype REFERENCES service_type,
    CONSTRAINT investigation_handover_pkey PRIMARY KEY (inv_id, type, subtype),
    CONSTRAINT handover_subtype_of_services
        CHECK (subtype = 'unspecified' OR type = 'services')
);
COMMENT ON TABLE investigation_handover IS 'Handovers made in an investigation: several receivers, and several kinds of service, are possible. Count investigations of type services with count(DISTINCT inv_id).';
COMMENT ON COLUMN investigation_handover.inv_id IS 'The investigation.';
COMMENT ON COLUMN investigation_handover.type IS 'Receiver (code list handover_type).';
COMMENT ON COLUMN investigation_handover.subtype IS 'Kind of service (code list service_type) where the receiver is services; else, and where not known, unspecified.';

CREATE TABLE followup (
    inv_id       bigint NOT NULL,
    intervention text NOT NULL,
    started      boolean,
    completed    boolean,
    result       text,
    CONSTRAINT followup_pkey PRIMARY KEY (inv_id, intervention),
    CONSTRAINT followup_of_intervention
        FOREIGN KEY (inv_id, intervention) REFERENCES investigation_intervention,
    CONSTRAINT followup_result
        CHECK (result IN ('better', 'unchanged', 'worse')),
    CONSTRAINT followup_completed_was_started
        CHECK (NOT (completed AND NOT started))
);
COMMENT ON TABLE followup IS 'Follow-up of granted interventions about a year later.';
COMMENT ON COLUMN followup.inv_id IS 'The investigation.';
COMMENT ON COLUMN followup.intervention IS 'Type of the intervention that is followed up.';
COMMENT ON COLUMN followup.started IS 'The intervention was started; NULL not known.';
COMMENT ON COLUMN followup.completed IS 'The intervention was carried out as planned; NULL not known or not ended.';
COMMENT ON COLUMN followup.result IS 'Situation of the child as judged by the caseworker: better, unchanged or worse; NULL not known.';


-- Substudy 2: services without needs test ------------------------------------

CREATE TABLE service (
    service_id       bigint NOT NULL CONSTRAINT service_pkey PRIMARY KEY,
    wave             text NOT NULL CONSTRAINT service_in_wave REFERENCES wave,
    unit_id          integer NOT NULL
        CONSTRAINT service_of_unit REFERENCES unit,
    start_month      date NOT NULL,
    type             text NOT NULL
        CONSTRAINT service_has_type REFERENCES service_type,
    provider         text,
    with_other_actor boolean,
    age              integer,
    sex              text,
    residence        text,
    caregivers_f     integer,
    caregivers_m     integer,
    interpreter      boolean,
    outcome          text,
    CONSTRAINT service_type_is_specified CHECK (type <> 'unspecified'),
    CONSTRAINT service_start_month_is_first_day
        CHECK (date_trunc('month', start_month::timestamp) = start_month),
    CONSTRAINT service_sex CHECK (sex IN ('girl', 'boy')),
    CONSTRAINT service_age_0_to_20 CHECK (age BETWEEN 0 AND 20),
    CONSTRAINT service_residence
        CHECK (residence IN ('both_parents', 'alternating', 'single_parent',
                             'other', 'unknown')),
    CONSTRAINT service_caregivers_not_negative
        CHECK (caregivers_f >= 0 AND caregivers_m >= 0),
    CONSTRAINT service_outcome
        CHECK (outcome IN ('ended', 'new_visit', 'application', 'report',
                           'handover'))
);
COMMENT ON TABLE service IS 'Started services without needs test, one row each: substudy 2 of units with rows.';
COMMENT ON COLUMN service.service_id IS 'Key of the service.';
COMMENT ON COLUMN service.wave IS 'Round of data collection.';
COMMENT ON COLUMN service.unit_id IS 'Unit that reports it.';
COMMENT ON COLUMN service.start_month IS 'First day of the month of start.';
COMMENT ON COLUMN service.type IS 'Type (code list service_type).';
COMMENT ON COLUMN service.provider IS 'Providing unit, in the words of the unit; NULL not known.';
COMMENT ON COLUMN service.with_other_actor IS 'Given together with another actor.';
COMMENT ON COLUMN service.age IS 'Age of the child in whole years, 0 to 20; NULL not known (rows may be anonymous).';
COMMENT ON COLUMN service.sex IS 'Legal sex of the child: girl or boy; NULL not known.';
COMMENT ON COLUMN service.residence IS 'Living arrangement, as in investigation; NULL not known.';
COMMENT ON COLUMN service.caregivers_f IS 'Female caregivers who take part, number.';
COMMENT ON COLUMN service.caregivers_m IS 'Male caregivers who take part, number.';
COMMENT ON COLUMN service.interpreter IS 'An interpreter was needed.';
COMMENT ON COLUMN service.outcome IS 'What it led to: ended, new_visit, application, report or handover; NULL not known.';
CREATE INDEX service_unit_id ON service (unit_id);

CREATE TABLE service_aggregate (
    wave     text NOT NULL
        CONSTRAINT service_aggregate_in_wave REFERENCES wave,
    unit_id  integer NOT NULL
        CONSTRAINT service_aggregate_of_unit REFERENCES unit,
    month    date NOT NULL,
    type     text NOT NULL
        CONSTRAINT service_aggregate_has_type REFERENCES service_type,
    sex      text NOT NULL,
    age_band text NOT NULL,
    n        integer NOT NULL,
    CONSTRAINT service_aggregate_pkey
        PRIMARY KEY (wave, unit_id, month, type, sex, age_band),
    CONSTRAINT service_aggregate_type_is_specified
        CHECK (type <> 'unspecified'),
    CONSTRAINT service_aggregate_month_is_first_day
        CHECK (date_trunc('month', month::timestamp) = month),
    CONSTRAINT service_aggregate_sex CHECK (sex IN ('girl', 'boy', 'unknown')),
    CONSTRAINT service_aggregate_age_band
        CHECK (age_band IN ('0-5', '6-9', '10-14', '15-20', 'unknown')),
    CONSTRAINT service_aggregate_n_not_negative CHECK (n >= 0)
);
COMMENT ON TABLE service_aggregate IS 'Started services without needs test as counts (mängdstatistik): substudy 2 of units without rows.';
COMMENT ON COLUMN service_aggregate.wave IS 'Round of data collection.';
COMMENT ON COLUMN service_aggregate.unit_id IS 'Unit that reports them.';
COMMENT ON COLUMN service_aggregate.month IS 'First day of the month of start.';
COMMENT ON COLUMN service_aggregate.type IS 'Type (code list service_type).';
COMMENT ON COLUMN service_aggregate.sex IS 'Legal sex: girl, boy or unknown.';
COMMENT ON COLUMN service_aggregate.age_band IS 'Age: 0-5, 6-9, 10-14, 15-20 or unknown.';
COMMENT ON COLUMN service_aggregate.n IS 'Started services, number.';
CREATE INDEX service_aggregate_unit_id ON service_aggregate (unit_id);
