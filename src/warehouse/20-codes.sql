-- What the code lists hold, and the names of the municipality groups. A unit
-- may add rows; codes that exist keep their meaning.

INSERT INTO municipality_group (code, main, name) VALUES
    ('A1', 'A', 'Storstäder'),
    ('A2', 'A', 'Pendlingskommun nära storstad'),
    ('B3', 'B', 'Större stad'),
    ('B4', 'B', 'Pendlingskommun nära större stad'),
    ('B5', 'B', 'Lågpendlingskommun nära större stad'),
    ('C6', 'C', 'Mindre stad/tätort'),
    ('C7', 'C', 'Pendlingskommun nära mindre stad/tätort'),
    ('C8', 'C', 'Landsbygdskommun'),
    ('C9', 'C', 'Landsbygdskommun med besöksnäring');

INSERT INTO referral_type (code, position, label_sv, label_en) VALUES
    ('anmalan', 1, 'Anmälan', 'Report of concern'),
    ('ansokan', 2, 'Ansökan', 'Own application'),
    ('begaran', 3, 'Begäran från annan myndighet',
     'Request of another authority'),
    ('annat', 4, 'Annat sätt', 'Otherwise');

INSERT INTO referral_reason (code, position, label_sv, label_en) VALUES
    ('violence', 1, 'Våld i hemmet', 'Violence at home'),
    ('parental_substance', 2, 'Vuxens bruk av alkohol eller droger',
     'Substance use of an adult'),
    ('parental_illness', 3, 'Vuxens psykiska ohälsa',
     'Mental ill-health of an adult'),
    ('care', 4, 'Oro för omsorgen', 'Concern about care'),
    ('conflict', 5, 'Konflikt mellan vuxna', 'Conflict between adults'),
    ('own_crime', 6, 'Barnets lagöverträdelse', 'Offence of the child'),
    ('own_substance', 7, 'Barnets bruk av alkohol eller droger',
     'Substance use of the child'),
    ('own_health', 8, 'Barnets mående', 'How the child feels'),
    ('school', 9, 'Skolgång', 'School attendance'),
    ('other', 10, 'Annan orsak', 'Another reason');

INSERT INTO referral_decision (code, position, label_sv, label_en) VALUES
    ('opened', 1, 'Utredning inleds', 'Investigation opened'),
    ('not_opened', 2, 'Utredning inleds inte', 'Investigation not opened'),
    ('added', 3, 'Påförs pågående utredning',
     'Added to an ongoing investigation');

INSERT INTO intervention_type (code, position, label_sv, label_en) VALUES
    ('follow_up', 1, 'Uppföljning av barns situation',
     'Follow-up of the child''s situation'),
    ('contact_family', 2, 'Kontaktfamilj', 'Contact family'),
    ('contact_person', 3, 'Kontaktperson', 'Contact person'),
    ('qualified_contact_person', 4, 'Särskilt kvalificerad kontaktperson',
     'Specially qualified contact person'),
    ('family_treatment', 5, 'Familjebehandling', 'Family treatment'),
    ('other_outpatient', 6, 'Annan strukturerad öppenvård',
     'Other structured outpatient care'),
    ('lvu_22', 7, 'Öppna former 22 § LVU', 'Open forms, LVU section 22'),
    ('lvu_6', 8, 'Omedelbart omhändertagande 6 § LVU',
     'Immediate custody, LVU section 6'),
    ('placement_sol', 9, 'Placering enligt SoL', 'Placement by SoL'),
    ('lvu_care', 10, 'Ansökan om vård 2/3 § LVU',
     'Application for care, LVU section 2 or 3');

INSERT INTO handover_type (code, position, label_sv, label_en) VALUES
    ('services', 1, 'Insatser utan biståndsprövning',
     'Services without needs test'),
    ('private_network', 2, 'Privat nätverk', 'Private network'),
    ('school', 3, 'Förskola eller skola', 'Preschool or school'),
    ('health_care', 4, 'Hälso- och sjukvård', 'Health care'),
    ('voluntary', 5, 'Ideell sektor', 'Voluntary sector'),
    ('other', 6, 'Annat', 'Other');

INSERT INTO service_type (code, position, label_sv, label_en) VALUES
    ('parent_talks', 1, 'Samtal, familjebehandling eller stöd till föräldrar',
     'Talks, family treatment or support for parents'),
    ('child_talks', 2, 'Stödsamtal för barn', 'Support talks for the child'),
    ('child_group', 3, 'Barn- eller ungdomsgrupp', 'Child or youth group'),
    ('parent_group', 4, 'Föräldrastöd i grupp', 'Parenting support in group'),
    ('unspecified', 5, 'Ej angivet', 'Not specified');
