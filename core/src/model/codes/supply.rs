//! Codes of the supply side: who may serve, with what papers.

use super::code_macro::codes;

codes! {
    /// What kind of organization it is.
    OrganizationKind {
        SocialAssociation = "social_association", "社会团体";
        SocialServiceAgency = "social_service_agency", "社会服务机构" | "民办非企业单位";
        Foundation = "foundation", "基金会";
        FiledCommunityGroup = "filed_community_group", "备案的社区社会组织";
        PublicInstitution = "public_institution", "事业单位";
        Enterprise = "enterprise", "企业";
        GrassrootsCommittee = "grassroots_committee", "居（村）委会";
        SocialWorkStation = "social_work_station", "社工站";
        VolunteerTeam = "volunteer_team", "志愿服务队";
    }
}

codes! {
    /// Whether an organization is a legal person.
    OrganizationStatus {
        Registered = "registered", "登记";
        Filed = "filed", "备案";
        Incubating = "incubating", "孵化";
    }
}

codes! {
    /// The assessment grade, from 1A to 5A.
    EvalGrade {
        A1 = "1", "1A";
        A2 = "2", "2A";
        A3 = "3", "3A";
        A4 = "4", "4A";
        A5 = "5", "5A";
    }
}

codes! {
    /// A certificate or office that qualifies a worker.
    Qualification {
        SwAssistant = "sw_assistant", "助理社会工作师";
        SwCertified = "sw_certified", "社会工作师";
        SwSenior = "sw_senior", "高级社会工作师";
        SwAuxiliary = "sw_auxiliary", "社会工作辅助人员";
        PsyCounselor = "psy_counselor", "心理咨询师";
        PsyTherapist = "psy_therapist", "心理治疗师";
        Psychiatrist = "psychiatrist", "精神科执业医师";
        ElderCarer5 = "elder_carer_5", "养老护理员五级（初级工）";
        ElderCarer4 = "elder_carer_4", "养老护理员四级（中级工）";
        ElderCarer3 = "elder_carer_3", "养老护理员三级（高级工）";
        ElderCarer2 = "elder_carer_2", "养老护理员二级（技师）";
        ElderCarer1 = "elder_carer_1", "养老护理员一级（高级技师）";
        Nurse = "nurse", "护士";
        RehabTherapist = "rehab_therapist", "康复治疗师";
        Lawyer = "lawyer", "律师";
        Teacher = "teacher", "教师";
        FamilyEduGuide = "family_edu_guide", "家庭教育指导师";
        Mediator = "mediator", "人民调解员";
        ChildDirector = "child_director", "儿童主任";
        ChildSupervisor = "child_supervisor", "儿童督导员";
        JuvenileSpecialist = "juvenile_specialist", "熟悉未成年人身心特点的人员";
        Volunteer = "volunteer", "志愿者";
    }
}

codes! {
    /// An authority that may authorise a worker for its cases.
    Authority {
        CivilAffairs = "civil_affairs", "民政";
        Justice = "justice", "司法行政";
        Health = "health", "卫生健康";
        DisabledFederation = "disabled_federation", "残联";
        WomenFederation = "women_federation", "妇联";
        YouthLeague = "youth_league", "共青团";
        HumanResources = "human_resources", "人力资源和社会保障";
        MedicalInsurance = "medical_insurance", "医疗保障";
        Education = "education", "教育";
        JointTeam = "joint_team", "联合走访组（医疗、公安、居村委）";
    }
}

codes! {
    /// A language or dialect in which a service can be given.
    Language {
        Mandarin = "mandarin", "普通话";
        Jin = "jin", "晋语";
        CentralPlains = "central_plains", "中原官话";
        SignLanguage = "sign_language", "手语";
        Braille = "braille", "盲文";
        Other = "other", "其他";
    }
}

codes! {
    /// What kind of group stands above organizations.
    GroupKind {
        Federation = "federation", "联合会";
        FundLine = "fund_line", "资金来源";
        County = "county", "县（市、区）";
        FiscalHost = "fiscal_host", "代管备案组织的法人";
        Other = "other", "其他";
    }
}
